using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PicoKubelet.Bench.Fuzzing;

/// <summary>Makes inputs out of right ones: a few changes each, of bytes, of words and of the structure.</summary>
internal sealed class Mutator(FuzzTarget target)
{
    private const int MaxBytes = 24 * 1024;
    private const int MaxChanges = 6;

    // What has a name twice is for the bytes' changes.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly byte[] Odd = [0, 1, 9, 10, 13, 31, 32, 34, 37, 38, 43, 44, 45, 46, 47, 48, 57, 58, 61, 63, 91, 92, 93, 123, 125, 127, 128, 0xC0, 0xE2, 0xED, 0xEF, 0xF4, 0xFF];
    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1", "00", "65535", "65536", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "1e9", "1E400", "0.5",
        "0x10", "99999999999999999999",
    ];

    /// <summary>Makes an input.</summary>
    /// <param name="random">What all chance comes from.</param>
    /// <returns>The input.</returns>
    public byte[] Make(Random random)
    {
        byte[] input = Pick(random, target.Corpus);
        int changes = random.Next(MaxChanges + 1);
        for (int i = 0; i < changes; i++)
        {
            byte[] changed = Change(input, random);
            input = changed.Length <= MaxBytes ? changed : changed[..MaxBytes];
        }

        return input;
    }

    private byte[] Change(byte[] input, Random random)
    {
        return random.Next(12) switch
        {
            0 => Flip(input, random),
            1 => Splice(input, random, 0, [Pick(random, Odd)]),
            2 => Splice(input, random, 1, [Pick(random, Odd)]),
            3 => Splice(input, random, random.Next(1, 20), []),
            4 => Splice(input, random, 0, Pick(random, target.Dictionary)),
            5 => Splice(input, random, random.Next(1, 20), Pick(random, target.Dictionary)),
            6 => Repeat(input, random),
            7 => input[..random.Next(input.Length + 1)],
            8 => Cross(input, Pick(random, target.Corpus), random),
            9 => ReplaceNumber(input, random),
            _ => target.Grammar == FuzzGrammar.Json ? ChangeJson(input, random) : ChangeLines(input, random),
        };
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private static byte[] Flip(byte[] input, Random random)
    {
        byte[] changed = (byte[])input.Clone();
        if (changed.Length > 0)
        {
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        }

        return changed;
    }

    private static byte[] Splice(byte[] input, Random random, int removed, byte[] added)
    {
        int at = random.Next(input.Length + 1);
        int end = Math.Min(input.Length, at + removed);
        return [.. input.AsSpan(0, at), .. added, .. input.AsSpan(end)];
    }

    private static byte[] Repeat(byte[] input, Random random)
    {
        int at = random.Next(input.Length + 1);
        byte[] piece = input[at..Math.Min(input.Length, at + random.Next(1, 40))];
        int times = random.Next(10) == 0 ? random.Next(1, 600) : random.Next(1, 6);
        return [.. input.AsSpan(0, at), .. Enumerable.Repeat(piece, times).SelectMany(bytes => bytes), .. input.AsSpan(at)];
    }

    private static byte[] Cross(byte[] input, byte[] other, Random random)
    {
        return [.. input.AsSpan(0, random.Next(input.Length + 1)), .. other.AsSpan(random.Next(other.Length + 1))];
    }

    private static byte[] ReplaceNumber(byte[] input, Random random)
    {
        int start = random.Next(input.Length + 1);
        while (start < input.Length && !char.IsAsciiDigit((char)input[start]))
        {
            start++;
        }

        int end = start;
        while (end < input.Length && char.IsAsciiDigit((char)input[end]))
        {
            end++;
        }

        return [.. input.AsSpan(0, start), .. Encoding.ASCII.GetBytes(Pick(random, Numbers)), .. input.AsSpan(end)];
    }

    private static byte[] ChangeLines(byte[] input, Random random)
    {
        List<string> lines = [.. Encoding.Latin1.GetString(input).Split("\r\n")];
        int one = random.Next(lines.Count);
        int other = random.Next(lines.Count);
        switch (random.Next(4))
        {
            case 0:
                lines.Insert(other, lines[one]);
                break;
            case 1:
                lines.RemoveAt(one);
                break;
            case 2:
                (lines[one], lines[other]) = (lines[other], lines[one]);
                break;
            default:
                return Encoding.Latin1.GetBytes(string.Join(random.Next(2) == 0 ? "\n" : "\r\n", lines));
        }

        return Encoding.Latin1.GetBytes(string.Join("\r\n", lines));
    }

    private byte[] ChangeJson(byte[] input, Random random)
    {
        try
        {
            JsonNode document = JsonNode.Parse(input, null, Strict) ?? new JsonObject();
            ChangeMember(Find(document, random), random);
            return Encoding.UTF8.GetBytes(document.ToJsonString());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON any more, or text that is none, which .NET finds out later.
            return Flip(input, random);
        }
    }

    private static JsonNode Find(JsonNode document, Random random)
    {
        JsonNode node = document;
        while (random.Next(4) > 0)
        {
            JsonNode? child = node switch
            {
                JsonObject { Count: > 0 } found => found.ElementAt(random.Next(found.Count)).Value,
                JsonArray { Count: > 0 } found => found[random.Next(found.Count)],
                _ => null,
            };
            if (child is not (JsonObject or JsonArray))
            {
                break;
            }

            node = child;
        }

        return node;
    }

    private void ChangeMember(JsonNode node, Random random)
    {
        if (node is JsonObject members)
        {
            string name = random.Next(3) == 0 && members.Count > 0
                ? members.ElementAt(random.Next(members.Count)).Key
                : Encoding.UTF8.GetString(Pick(random, target.Dictionary)).Trim('"', ':', ' ');
            members[name] = MakeValue(random, 3);
        }
        else if (node is JsonArray items)
        {
            items.Add(MakeValue(random, 3));
        }
    }

    private JsonNode? MakeValue(Random random, int depth)
    {
        return random.Next(depth > 0 ? 9 : 6) switch
        {
            0 => null,
            1 => JsonValue.Create(random.Next(2) == 0),
            2 => JsonNode.Parse(Pick(random, ["0", "-1", "7", "30", "65536", "1.5e3", "123456789012345678901234567890"])),
            3 => JsonValue.Create(new string(Pick(random, "a0=,:\u00e4\u20ac\"\\\n\0".ToCharArray()), random.Next(8) == 0 ? random.Next(3000) : random.Next(40))),
            4 => JsonValue.Create(Encoding.UTF8.GetString(Pick(random, target.Dictionary))),
            5 => JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{random.Next(1100)}={random.Next(300)}")),
            6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => MakeValue(random, depth - 1))]),
            7 => Nested(random.Next(80)),
            _ => new JsonObject { [Encoding.UTF8.GetString(Pick(random, target.Dictionary))] = MakeValue(random, depth - 1) },
        };
    }

    private static JsonNode Nested(int depth)
    {
        JsonNode node = JsonValue.Create(1);
        for (int i = 0; i < depth && i < 60; i++)
        {
            node = new JsonArray(node);
        }

        return node;
    }
}
