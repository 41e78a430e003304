namespace PicoKubelet.Configuration;

// The words of a part: what stands between white space.
public sealed partial class ConfigurationText
{
    private const int MaxDecimals = 9;
    private const int MostBeforeADigit = 99999999;

    private int _wordsEnd;

    /// <summary>Begins with the words of the current part; <see cref="NextWord"/> moves to its first.</summary>
    public void BeginWords()
    {
        _wordsEnd = _partEnd;
        _partEnd = _partStart;
    }

    /// <summary>Moves to the next word of what was the current part when the words began.</summary>
    /// <returns>Whether there is one.</returns>
    public bool NextWord()
    {
        int start = _partEnd;
        while (start < _wordsEnd && IsWhite(_buffer[start]))
        {
            start++;
        }

        int end = start;
        while (end < _wordsEnd && !IsWhite(_buffer[end]))
        {
            end++;
        }

        _partStart = start;
        _partEnd = end;
        return end > start;
    }

    /// <summary>Cuts off the beginning of the current part.</summary>
    /// <param name="ascii">How it begins, ASCII characters.</param>
    /// <returns>Whether it does; the current part is then what follows.</returns>
    public bool SkipPrefix(string ascii)
    {
        bool begins = PartBegins(ascii);
        _partStart += begins ? ascii.Length : 0;
        return begins;
    }

    /// <summary>Gets whether the current part begins with a text.</summary>
    /// <param name="ascii">The text, ASCII characters.</param>
    /// <returns>Whether it does.</returns>
    public bool PartBegins(string ascii)
    {
        return PartLength >= ascii.Length && IsAt(_partStart, ascii);
    }

    /// <summary>Reads the current part as a number with decimals: <c>-0.0625</c>.</summary>
    /// <param name="digits">Its digits as a whole number, without zeros at the end of the decimals.</param>
    /// <param name="decimals">How many of them are decimals.</param>
    /// <returns>Whether it is one with a digit before the point and at most nine behind it, and of at most nine digits without zeros in front.</returns>
    public bool TryGetDecimal(out int digits, out int decimals)
    {
        digits = 0;
        decimals = 0;
        int count = 0;
        bool isNegative = PartLength > 0 && _buffer[_partStart] == '-';
        bool hasPoint = false;
        for (int i = isNegative ? _partStart + 1 : _partStart; i < _partEnd; i++)
        {
            if (_buffer[i] == '.' && count > 0 && !hasPoint)
            {
                hasPoint = true;
                continue;
            }

            int digit = _buffer[i] - '0';
            decimals += hasPoint ? 1 : 0;
            if (digit < 0 || digit > 9 || digits > MostBeforeADigit || decimals > MaxDecimals)
            {
                return false;
            }

            digits = (digits * 10) + digit;
            count++;
        }

        bool isRight = count > 0 && (!hasPoint || decimals > 0);
        while (decimals > 0 && digits % 10 == 0)
        {
            digits /= 10;
            decimals--;
        }

        digits = isNegative ? -digits : digits;
        return isRight;
    }
}
