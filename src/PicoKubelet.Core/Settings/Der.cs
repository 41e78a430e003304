namespace PicoKubelet.Settings;

/// <summary>Steps over elements of DER (X.690, 8 and 10.1). A place of -1 stands for "no such element" and stays -1.</summary>
internal static class Der
{
    internal const int Boolean = 0x01;
    internal const int Integer = 0x02;
    internal const int BitString = 0x03;
    internal const int OctetString = 0x04;
    internal const int Sequence = 0x30;

    /// <summary>Enters an element.</summary>
    /// <param name="der">The bytes.</param>
    /// <param name="at">Where the element begins.</param>
    /// <param name="end">Where what it is in ends.</param>
    /// <param name="tag">The element's tag.</param>
    /// <param name="isLast">Whether it has to reach to that end.</param>
    /// <returns>Where its content begins, or -1 where there is no such element.</returns>
    internal static int Enter(byte[] der, int at, int end, int tag, bool isLast = false)
    {
        if (at < 0 || at + 2 > end || der[at] != tag)
        {
            return -1;
        }

        int more = der[at + 1] < 0x80 ? 0 : der[at + 1] & 0x7f;
        int start = at + 2 + more;
        if (more > 2 || start > end)
        {
            return -1;
        }

        int contentEnd = start + LengthOf(der, at + 1);
        return contentEnd == end || (contentEnd < end && !isLast) ? start : -1;
    }

    /// <summary>Steps over an element.</summary>
    /// <param name="der">The bytes.</param>
    /// <param name="at">Where the element begins.</param>
    /// <param name="end">Where what it is in ends.</param>
    /// <param name="tag">The element's tag.</param>
    /// <param name="isLast">Whether it has to reach to that end.</param>
    /// <returns>Where the next one begins, or -1 where there is no such element.</returns>
    internal static int Skip(byte[] der, int at, int end, int tag, bool isLast = false)
    {
        int start = Enter(der, at, end, tag, isLast);
        return start < 0 ? -1 : start + LengthOf(der, at + 1);
    }

    /// <summary>Finds bytes within others.</summary>
    /// <param name="der">The bytes.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to end.</param>
    /// <param name="wanted">The bytes to find.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <returns>Where they end, or -1 where they are not.</returns>
    internal static int FindEnd(byte[] der, int start, int end, byte[] wanted, int from, int count)
    {
        for (int i = start; i <= end - count; i++)
        {
            int matched = 0;
            while (matched < count && der[i + matched] == wanted[from + matched])
            {
                matched++;
            }

            if (matched == count)
            {
                return i + count;
            }
        }

        return -1;
    }

    private static int LengthOf(byte[] der, int at)
    {
        return der[at] < 0x80 ? der[at] : der[at] == 0x81 ? der[at + 1] : (der[at + 1] << 8) | der[at + 2];
    }
}
