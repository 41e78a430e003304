using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace PicoKubelet.IntegrationTests.Properties;

/// <summary>Documents: well-formed ones, the same with a fault, and bytes at random.</summary>
internal static class JsonCases
{
    private static readonly Gen<string> WhiteSpace = Gen.Elements("", "", "", " ", "\n\t", "\r  ");

    private static readonly Gen<string> TextPart = Gen.Elements(
        "a", "name", " ", "/", "'", "\u007F", "é", "€", "\uFEFF", "\uFFFD", "😀", "\U0010FFFF",
        "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t",
        "\\u0041", "\\u00e9", "\\u20AC", "\\uffff", "\\u0000", "\\ud83d", "\\ude00", "\\uD83D\\uDE00", "\\ud83d\\ud83d");

    private static readonly Gen<string> Text = Joined(TextPart, 6).Select(text => $"\"{text}\"");

    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.Elements(
            "0", "-0", "1", "-1", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
            "18446744073709551616", "1.0", "0.5e+3", "1E400", "-0.0", "1e-7", "123456789012345678901234567890"),
        Gen.Choose(int.MinValue, int.MaxValue).Select(number => number.ToString()));

    private static readonly Gen<string> Scalar = Gen.OneOf(Text, Number, Gen.Elements("true", "false", "null"));

    // What a fault is made of: the bytes that mean something to JSON or UTF-8.
    private static readonly Gen<byte> Byte = Gen.OneOf(
        Gen.Elements("{}[]:,\"\\/-+.eEu0195 \n\ttrufalsn"u8.ToArray()),
        Gen.Elements<byte>(0x00, 0x1F, 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xEF, 0xBB, 0xF0, 0xF4, 0xF5, 0xFF),
        Gen.Choose(0, 255).Select(b => (byte)b));

    /// <summary>Well-formed documents.</summary>
    public static readonly Gen<byte[]> WellFormed = Value(3).Select(Encoding.UTF8.GetBytes);

    /// <summary>Bytes that hold no document but by chance.</summary>
    public static readonly Gen<byte[]> AnyBytes = Gen.Choose(0, 24).SelectMany(length => Byte.ArrayOf(length));

    /// <summary>Documents with one byte changed, added or missing, or with an end missing: some are still well-formed.</summary>
    public static readonly Gen<byte[]> Mutated =
        from document in WellFormed
        from position in Gen.Choose(0, document.Length - 1)
        from kind in Gen.Choose(0, 3)
        from b in Byte
        select kind switch
        {
            0 => [.. document[..position], b, .. document[(position + 1)..]],
            1 => [.. document[..position], b, .. document[position..]],
            2 => [.. document[..position], .. document[(position + 1)..]],
            _ => document[..position],
        };

    /// <summary>All of them.</summary>
    public static readonly Gen<byte[]> Any = Gen.OneOf(WellFormed, Mutated, Mutated, AnyBytes);

    private static Gen<string> Value(int depth)
    {
        if (depth == 0)
        {
            return Padded(Scalar);
        }

        Gen<string> inner = Value(depth - 1);
        Gen<string> member =
            from before in WhiteSpace
            from name in Text
            from after in WhiteSpace
            from value in inner
            select $"{before}{name}{after}:{value}";
        return Padded(Gen.OneOf(Scalar, Container("[", inner, "]"), Container("{", member, "}")));
    }

    private static Gen<string> Container(string begin, Gen<string> item, string end)
    {
        return
            from count in Gen.Choose(0, 3)
            from items in item.ArrayOf(count)
            from empty in WhiteSpace
            select begin + (count == 0 ? empty : string.Join(',', items)) + end;
    }

    private static Gen<string> Padded(Gen<string> value)
    {
        return
            from before in WhiteSpace
            from text in value
            from after in WhiteSpace
            select before + text + after;
    }

    private static Gen<string> Joined(Gen<string> part, int max)
    {
        return
            from count in Gen.Choose(0, max)
            from parts in part.ArrayOf(count)
            select string.Concat(parts);
    }
}
