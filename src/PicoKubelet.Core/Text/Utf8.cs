using System.Text;

namespace PicoKubelet.Text;

/// <summary>Code points to UTF-8, without allocating (RFC 3629; the Unicode Standard, 3.9).</summary>
public static class Utf8
{
    /// <summary>What stands for a character that can not be represented.</summary>
    public const int ReplacementCharacter = 0xFFFD;

    /// <summary>The one that all share: on the device <c>Encoding.UTF8</c> makes another at each use.</summary>
    public static readonly Encoding Encoding = new UTF8Encoding();

    /// <summary>Tells whether a UTF-16 unit is the first half of a pair.</summary>
    /// <param name="unit">The unit.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsHighSurrogate(int unit)
    {
        return (unit & 0xFC00) == 0xD800;
    }

    /// <summary>Tells whether a UTF-16 unit is the second half of a pair.</summary>
    /// <param name="unit">The unit.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsLowSurrogate(int unit)
    {
        return (unit & 0xFC00) == 0xDC00;
    }

    /// <summary>Joins a surrogate pair.</summary>
    public static int Combine(int high, int low)
    {
        return 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF);
    }

    /// <summary>How many bytes <paramref name="codePoint"/> takes.</summary>
    public static int SequenceLength(int codePoint)
    {
        if (codePoint < 0x80)
        {
            return 1;
        }

        if (codePoint < 0x800)
        {
            return 2;
        }

        return codePoint < 0x10000 ? 3 : 4;
    }

    /// <summary>Writes <paramref name="codePoint"/> to <paramref name="buffer"/>, which has room; returns its length in bytes.</summary>
    public static int Encode(int codePoint, byte[] buffer, int offset)
    {
        int length = SequenceLength(codePoint);
        if (length == 1)
        {
            buffer[offset] = (byte)codePoint;
            return 1;
        }

        for (int i = length - 1; i > 0; i--)
        {
            buffer[offset + i] = (byte)(0x80 | (codePoint & 0x3F));
            codePoint >>= 6;
        }

        // The lead byte has as many ones as there are bytes: 110xxxxx, 1110xxxx, 11110xxx.
        buffer[offset] = (byte)((0xF00 >> length) | codePoint);
        return length;
    }
}
