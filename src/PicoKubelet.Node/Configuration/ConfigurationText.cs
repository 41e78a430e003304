using System;
using PicoKubelet.Text;

namespace PicoKubelet.Configuration;

/// <summary>
/// A value of the ConfigMap as UTF-8, in the one buffer that all values pass through, and a cursor over its parts. Nothing is
/// allocated but the strings that are asked for.
/// </summary>
public sealed partial class ConfigurationText
{
    private const byte LineFeed = 10;
    private const byte CarriageReturn = 13;

    private readonly byte[] _buffer;
    private int _end;
    private int _next;
    private int _partStart;
    private int _partEnd;

    /// <summary>Initializes the text; it is empty.</summary>
    /// <param name="capacity">The bytes of the longest value.</param>
    public ConfigurationText(int capacity)
        : this(new byte[capacity])
    {
    }

    /// <summary>Initializes the text in a buffer that it shares; it is empty.</summary>
    /// <param name="buffer">Where values come to lie.</param>
    public ConfigurationText(byte[] buffer)
    {
        _buffer = buffer;
    }

    /// <summary>Gets the buffer that the value is in, from its beginning on.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Gets the value's length, bytes.</summary>
    public int Length => _end;

    /// <summary>Gets the length of the current part, bytes.</summary>
    public int PartLength => _partEnd - _partStart;

    /// <summary>Takes what is in the buffer for the value; its current part is the whole value without white space at its ends.</summary>
    /// <param name="length">The value's length, bytes.</param>
    public void Begin(int length)
    {
        _end = length;
        _next = 0;
        SetPart(0, length);
    }

    /// <summary>Puts a value into the buffer.</summary>
    /// <param name="value">The value, which fits.</param>
    public void Begin(string value)
    {
        Begin(Utf8.Encoding.GetBytes(value, 0, value.Length, _buffer, 0));
    }

    /// <summary>Moves to the next part of the value that is not blank, without the white space at its ends.</summary>
    /// <param name="separator">What ends a part besides the end of a line.</param>
    /// <returns>Whether there is one.</returns>
    public bool NextPart(char separator)
    {
        while (_next < _end)
        {
            int start = _next;
            while (_next < _end && _buffer[_next] != separator && _buffer[_next] != LineFeed)
            {
                _next++;
            }

            SetPart(start, _next);
            _next++;
            if (PartLength > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Compares the current part.</summary>
    /// <param name="ascii">A text of ASCII characters.</param>
    /// <returns>Whether the part is the same.</returns>
    public bool PartIs(string ascii)
    {
        return PartLength == ascii.Length && IsAt(_partStart, ascii);
    }

    /// <summary>Cuts the current part in two at the first occurrence of a character.</summary>
    /// <param name="separator">The character; it belongs to neither part.</param>
    /// <param name="left">The text before it without white space at its ends.</param>
    /// <returns>Whether there is one; the current part is then what follows it, without white space at its ends.</returns>
    public bool TrySplit(char separator, out string left)
    {
        left = null;
        int at = IndexOf(separator);
        if (at < 0)
        {
            return false;
        }

        int start = _partStart;
        int end = _partEnd;
        SetPart(start, at);
        left = PartText();
        SetPart(at + 1, end);
        return true;
    }

    /// <summary>Reads a number before a character, and cuts it off together with the character.</summary>
    /// <param name="separator">The character.</param>
    /// <param name="number">The number, when it is one.</param>
    /// <returns>Whether it is one of at most nine digits; the current part is then what follows the character.</returns>
    public bool TrySplitNumber(char separator, out int number)
    {
        number = 0;
        int at = IndexOf(separator);
        if (at < 0)
        {
            return false;
        }

        int end = _partEnd;
        SetPart(_partStart, at);
        bool isNumber = TryGetNumber(out number);
        SetPart(at + 1, end);
        return isNumber;
    }

    /// <summary>Reads the current part as a whole number, decimal or hexadecimal (<c>0x42</c>).</summary>
    /// <param name="number">The number, when it is one.</param>
    /// <returns>Whether it is one of at most nine decimal or seven hexadecimal digits.</returns>
    public bool TryGetNumber(out int number)
    {
        bool isHex = PartLength > 2 && (IsAt(_partStart, "0x") || IsAt(_partStart, "0X"));
        int first = isHex ? _partStart + 2 : _partStart;
        int most = isHex ? 7 : 9;
        number = 0;
        if (_partEnd - first < 1 || _partEnd - first > most)
        {
            return false;
        }

        for (int i = first; i < _partEnd; i++)
        {
            int digit = DigitOf(_buffer[i]);
            if (digit < 0 || (!isHex && digit > 9))
            {
                return false;
            }

            number = (number * (isHex ? 16 : 10)) + digit;
        }

        return true;
    }

    /// <summary>Gets the current part as a new string.</summary>
    /// <returns>The string.</returns>
    public string PartText()
    {
        return PartLength == 0 ? "" : Utf8.Encoding.GetString(_buffer, _partStart, PartLength);
    }

    /// <summary>Gets whether the current part holds a control character.</summary>
    /// <returns>Whether it does.</returns>
    public bool PartHasControls()
    {
        for (int i = _partStart; i < _partEnd; i++)
        {
            if (_buffer[i] < ' ' || _buffer[i] == 0x7f)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the beginning of the value for people: on one line, and at most so many bytes of it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="maxBytes">How many bytes at most.</param>
    public void WriteExcerpt(Utf8Writer output, int maxBytes)
    {
        int end = _end;
        if (end > maxBytes)
        {
            // Back to where a character begins: the others' bytes are 10xxxxxx.
            end = maxBytes;
            while (end > 0 && (_buffer[end] & 0xC0) == 0x80)
            {
                end--;
            }
        }

        for (int i = 0; i < end; i++)
        {
            output.WriteByte(_buffer[i] < ' ' || _buffer[i] == 0x7f ? (byte)' ' : _buffer[i]);
        }

        if (end < _end)
        {
            output.Write("...");
        }
    }

    private static int DigitOf(byte value)
    {
        if (value >= '0' && value <= '9')
        {
            return value - '0';
        }

        int letter = value | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private static bool IsWhite(byte value)
    {
        return value == ' ' || value == '\t' || value == LineFeed || value == CarriageReturn;
    }

    private void SetPart(int start, int end)
    {
        while (start < end && IsWhite(_buffer[start]))
        {
            start++;
        }

        while (end > start && IsWhite(_buffer[end - 1]))
        {
            end--;
        }

        _partStart = start;
        _partEnd = end;
    }

    private int IndexOf(char separator)
    {
        return _partEnd == _partStart ? -1 : Array.IndexOf(_buffer, (byte)separator, _partStart, _partEnd - _partStart);
    }

    private bool IsAt(int start, string ascii)
    {
        for (int i = 0; i < ascii.Length; i++)
        {
            if (_buffer[start + i] != ascii[i])
            {
                return false;
            }
        }

        return true;
    }
}
