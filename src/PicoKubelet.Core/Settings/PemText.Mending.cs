using System;
using PicoKubelet.Text;

namespace PicoKubelet.Settings;

// Puts right what copying broke.
internal sealed partial class PemText
{
    // RFC 7468: lines of 64 characters.
    private const int LineLength = 64;

    /// <summary>Makes line ends of <c>\n</c> and <c>\r\n</c> in letters: no PEM has a backslash.</summary>
    /// <returns>The new length.</returns>
    private static int MendEscapes(byte[] bytes)
    {
        int length = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            int next = bytes[i] == '\\' && i + 1 < bytes.Length ? bytes[i + 1] : 0;
            if (next == 'n')
            {
                bytes[length++] = LineFeed;
                i++;
            }
            else if (next == 'r')
            {
                i++;
            }
            else
            {
                bytes[length++] = bytes[i];
            }
        }

        return length;
    }

    /// <summary>Looks whether mbedTLS would take the line ends: one behind the first marker, and no space but in front of one.</summary>
    private bool IsInLines(int start, int end)
    {
        int at = start;
        at += _bytes[at] == ' ' ? 1 : 0;
        at += _bytes[at] == CarriageReturn ? 1 : 0;
        if (_bytes[at] != LineFeed)
        {
            return false;
        }

        byte[] bytes = _bytes;
        for (int i = at; i < end; i++)
        {
            byte b = bytes[i];
            if (b > ' ')
            {
                continue;
            }

            byte next = bytes[i + 1];
            bool isLineEnd = next == LineFeed || next == CarriageReturn;
            bool isGood = b == ' ' ? isLineEnd || next == ' ' || i + 1 == end : b == CarriageReturn ? next == LineFeed : b != '\t';
            if (!isGood)
            {
                return false;
            }
        }

        return true;
    }

    private string Rewrite()
    {
        // A line end for each 64 characters, and around each marker, where there may have been none.
        byte[] lines = new byte[_length + (_length / LineLength) + (_length / 12) + 8];
        int written = 0;
        int begin = Find(0, _begin);
        while (begin >= 0)
        {
            int end = Find(begin, _end);
            written = Write(lines, written, _begin);
            int column = 0;
            for (int i = begin + _begin.Length; i < end; i++)
            {
                if (!IsWhite(_bytes[i]))
                {
                    lines[written++] = _bytes[i];
                    column++;
                    if (column % LineLength == 0)
                    {
                        lines[written++] = LineFeed;
                    }
                }
            }

            if (column % LineLength != 0)
            {
                lines[written++] = LineFeed;
            }

            written = Write(lines, written, _end);
            begin = Find(end, _begin);
        }

        return Utf8.Encoding.GetString(lines, 0, written);
    }

    private static int Write(byte[] lines, int at, byte[] marker)
    {
        Array.Copy(marker, 0, lines, at, marker.Length);
        lines[at + marker.Length] = LineFeed;
        return at + marker.Length + 1;
    }
}
