using System;
using PicoKubelet.Text;

namespace PicoKubelet.Json;

// Names and strings: escapes and UTF-8.
public sealed partial class JsonReader
{
    /// <summary>Reads a name or a string behind its opening quotation mark.</summary>
    private void ReadText()
    {
        _highSurrogate = 0;
        while (true)
        {
            if (Peek() == EndOfSource)
            {
                throw Fault("cut short");
            }

            ReadPlain();
            if (_position == _end)
            {
                continue;
            }

            int special = _block[_position];
            if (special == '\\')
            {
                _position++;
                ReadEscape();
                continue;
            }

            EndSurrogate();
            if (special == '"')
            {
                _position++;
                return;
            }

            ReadMultiByte(special);
        }
    }

    /// <summary>Reads the bytes of the block that stand for themselves.</summary>
    private void ReadPlain()
    {
        // Locals and one array look-up a byte: nearly all of a document passes here.
        byte[] block = _block;
        bool[] plain = JsonText.Plain;
        int end = _end;
        int first = _position;
        int position = first;
        while (position < end && plain[block[position]])
        {
            position++;
        }

        _position = position;
        if (position == first)
        {
            return;
        }

        EndSurrogate();
        int count = position - first;
        if (_sink != null)
        {
            AppendDrained(block, first, count);
            return;
        }

        int room = Room();
        if (count > room)
        {
            count = room;
            _isTruncated = !_discards;
        }

        if (count > 0)
        {
            Array.Copy(block, first, _token, _tokenLength, count);
            _tokenLength += count;
        }
    }

    private void ReadEscape()
    {
        int letter = Take();
        if (letter == 'u')
        {
            ReadUnicodeEscape();
            return;
        }

        EndSurrogate();
        switch (letter)
        {
            case '"':
            case '\\':
            case '/':
                Append(letter);
                break;
            case 'b':
                Append('\b');
                break;
            case 'f':
                Append('\f');
                break;
            case 'n':
                Append('\n');
                break;
            case 'r':
                Append('\r');
                break;
            case 't':
                Append('\t');
                break;
            default:
                throw Fault("unknown escape");
        }
    }

    private void ReadUnicodeEscape()
    {
        int unit = 0;
        for (int i = 0; i < 4; i++)
        {
            unit = (unit << 4) | HexDigit(Take());
        }

        if (_highSurrogate != 0 && Utf8.IsLowSurrogate(unit))
        {
            Append(Utf8.Combine(_highSurrogate, unit));
            _highSurrogate = 0;
            return;
        }

        EndSurrogate();
        if (Utf8.IsHighSurrogate(unit))
        {
            _highSurrogate = unit;
            return;
        }

        // Bytes may hold a NUL, strings may not.
        Append((unit == 0 && _sink == null) || Utf8.IsLowSurrogate(unit) ? Utf8.ReplacementCharacter : unit);
    }

    private int HexDigit(int b)
    {
        int value = Hex.ValueOf(b);
        if (value < 0)
        {
            throw Fault("hex digit expected");
        }

        return value;
    }

    /// <summary>A first half that no second half followed.</summary>
    private void EndSurrogate()
    {
        if (_highSurrogate != 0)
        {
            _highSurrogate = 0;
            Append(Utf8.ReplacementCharacter);
        }
    }

    /// <summary>Reads one character of several bytes; the Unicode Standard's table 3-7 says which are well-formed.</summary>
    private void ReadMultiByte(int lead)
    {
        if (lead < 0x80)
        {
            throw Fault("control character");
        }

        if (lead < 0xC2 || lead > 0xF4)
        {
            throw Fault("not UTF-8");
        }

        _position++;
        int following = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        int codePoint = lead & (0x3F >> following);
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        for (int i = 0; i < following; i++)
        {
            int b = Take();
            if (b < lowest || b > highest)
            {
                throw Fault("not UTF-8");
            }

            codePoint = (codePoint << 6) | (b & 0x3F);
            lowest = 0x80;
            highest = 0xBF;
        }

        Append(codePoint);
    }

    private int Room()
    {
        return _discards || _isTruncated ? 0 : _token.Length - _tokenLength;
    }

    private void Append(int codePoint)
    {
        if (_sink != null && Utf8.SequenceLength(codePoint) > Room())
        {
            Drain();
        }

        if (Utf8.SequenceLength(codePoint) <= Room())
        {
            _tokenLength += Utf8.Encode(codePoint, _token, _tokenLength);
        }
        else
        {
            _isTruncated = !_discards;
        }
    }
}
