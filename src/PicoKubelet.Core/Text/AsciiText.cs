namespace PicoKubelet.Text;

/// <summary>ASCII in byte buffers, as protocol heads hold it.</summary>
public static class AsciiText
{
    /// <summary>Compares a piece of a buffer with a text, upper and lower case being the same.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="start">The piece's first byte.</param>
    /// <param name="length">The piece's length.</param>
    /// <param name="lower">The text in lower case.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool EqualsIgnoreCase(byte[] buffer, int start, int length, string lower)
    {
        if (length != lower.Length)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (ToLower(buffer[start + i]) != lower[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Compares the beginning of a piece of a buffer with a text, upper and lower case being the same.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="start">The piece's first byte.</param>
    /// <param name="length">The piece's length.</param>
    /// <param name="lower">The text in lower case.</param>
    /// <returns>Whether the piece begins with the text.</returns>
    public static bool StartsWithIgnoreCase(byte[] buffer, int start, int length, string lower)
    {
        return length >= lower.Length && EqualsIgnoreCase(buffer, start, lower.Length, lower);
    }

    /// <summary>Finds an element of a comma-separated list, as in <c>Connection: keep-alive, Upgrade</c>.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="start">The list's first byte.</param>
    /// <param name="length">The list's length.</param>
    /// <param name="lower">The element in lower case.</param>
    /// <returns>Whether it is in the list.</returns>
    public static bool ListContains(byte[] buffer, int start, int length, string lower)
    {
        int end = start + length;
        int from = start;
        for (int i = start; i <= end; i++)
        {
            if (i < end && buffer[i] != ',')
            {
                continue;
            }

            int to = i;
            while (from < to && IsBlank(buffer[from]))
            {
                from++;
            }

            while (to > from && IsBlank(buffer[to - 1]))
            {
                to--;
            }

            if (EqualsIgnoreCase(buffer, from, to - from, lower))
            {
                return true;
            }

            from = i + 1;
        }

        return false;
    }

    /// <summary>Reads a whole number of digits alone.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="start">The first digit.</param>
    /// <param name="length">How many characters.</param>
    /// <param name="number">The number, when it is one of at most 18 digits.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(byte[] buffer, int start, int length, out long number)
    {
        number = 0;
        if (length < 1 || length > 18)
        {
            return false;
        }

        for (int i = start; i < start + length; i++)
        {
            int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        return true;
    }

    /// <summary>Gets whether a byte is a space or a tab, the white space within a line of a head.</summary>
    /// <param name="value">The byte.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsBlank(byte value)
    {
        return value == ' ' || value == '\t';
    }

    private static int ToLower(byte value)
    {
        return value >= 'A' && value <= 'Z' ? value + ('a' - 'A') : value;
    }
}
