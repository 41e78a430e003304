using PicoKubelet.Text;

namespace PicoKubelet.Settings;

/// <summary>
/// Checks certificates in PEM (RFC 7468) as a device's mbedTLS does when it makes its first handshake, where nobody would understand
/// the error: the markers, each on a line of its own; base64 between them; in it a certificate's outer form. What copying breaks
/// without making it ambiguous is mended: line ends that became <c>\n</c> in letters, spaces, or nothing.
/// </summary>
public static class PemCertificates
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";

    // RFC 7468: lines of 64 characters.
    private const int LineLength = 64;
    private const byte LineFeed = 10;
    private const byte CarriageReturn = 13;

    /// <summary>Checks and mends a text.</summary>
    /// <param name="field">The settings' field that it is the value of.</param>
    /// <param name="text">The text.</param>
    /// <returns>The text itself where nothing was to be mended; otherwise the certificates alone, in lines.</returns>
    /// <exception cref="SettingsException">mbedTLS would not take it; the message says why.</exception>
    public static string Check(string field, string text)
    {
        if (text.IndexOf("PRIVATE KEY") >= 0)
        {
            throw new SettingsException(field, "holds a private key, which belongs nowhere but where it was made; only certificates");
        }

        byte[] bytes = Utf8.Encoding.GetBytes(text);
        int length = MendEscapes(bytes);
        bool isMended = length < bytes.Length;
        int count = 0;
        int begin = Find(bytes, 0, length, Begin);
        while (begin >= 0)
        {
            count++;
            int start = begin + Begin.Length;
            int end = Find(bytes, start, length, End);
            if (end < 0)
            {
                throw Wrong(field, count, "-----END CERTIFICATE----- is missing");
            }

            CheckContent(field, count, bytes, start, end);
            isMended |= !IsInLines(bytes, start, end);
            begin = Find(bytes, end, length, Begin);
        }

        if (count == 0)
        {
            throw new SettingsException(field, "must be PEM: -----BEGIN CERTIFICATE----- \u2026");
        }

        return isMended ? Rewrite(bytes, length) : text;
    }

    private static SettingsException Wrong(string field, int number, string why)
    {
        return new SettingsException(field, "certificate " + number.ToString() + ": " + why);
    }

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

    private static int Find(byte[] bytes, int start, int end, string marker)
    {
        for (int i = start; i <= end - marker.Length; i++)
        {
            int matched = 0;
            while (matched < marker.Length && bytes[i + matched] == marker[matched])
            {
                matched++;
            }

            if (matched == marker.Length)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Looks whether mbedTLS would take the line ends: one behind the first marker, and no space but in front of one.</summary>
    private static bool IsInLines(byte[] bytes, int start, int end)
    {
        int at = start;
        at += bytes[at] == ' ' ? 1 : 0;
        at += bytes[at] == CarriageReturn ? 1 : 0;
        if (bytes[at] != LineFeed)
        {
            return false;
        }

        for (int i = at; i < end; i++)
        {
            bool isLineEnd = bytes[i + 1] == LineFeed || bytes[i + 1] == CarriageReturn;
            bool isGood = bytes[i] == ' ' ? isLineEnd || bytes[i + 1] == ' ' || i + 1 == end : bytes[i] == CarriageReturn ? bytes[i + 1] == LineFeed : bytes[i] != '\t';
            if (!isGood)
            {
                return false;
            }
        }

        return true;
    }

    private static void CheckContent(string field, int number, byte[] bytes, int start, int end)
    {
        byte[] certificate = new byte[(end - start) * 3 / 4];
        int length = 0;
        int digits = 0;
        int padding = 0;
        int group = 0;
        for (int i = start; i < end; i++)
        {
            if (IsWhite(bytes[i]))
            {
                continue;
            }

            int digit = bytes[i] == '=' ? 0 : ValueOf(bytes[i]);
            padding += bytes[i] == '=' ? 1 : 0;
            if (digit < 0 || padding > 2 || (padding > 0 && bytes[i] != '='))
            {
                throw Wrong(field, number, "something between the markers is not base64");
            }

            group = (group << 6) | digit;
            if (++digits % 4 == 0)
            {
                certificate[length++] = (byte)(group >> 16);
                certificate[length++] = (byte)(group >> 8);
                certificate[length++] = (byte)group;
                group = 0;
            }
        }

        if (digits == 0)
        {
            throw Wrong(field, number, "nothing is between the markers");
        }

        if (digits % 4 != 0)
        {
            throw Wrong(field, number, "its base64 is not whole");
        }

        if (!IsCertificate(certificate, length - padding))
        {
            throw Wrong(field, number, "its base64 is no certificate, or not all of one");
        }
    }

    private static bool IsWhite(byte b)
    {
        return b == ' ' || b == '\t' || b == CarriageReturn || b == LineFeed;
    }

    private static int ValueOf(byte b)
    {
        if (b >= 'A' && b <= 'Z')
        {
            return b - 'A';
        }

        if (b >= 'a' && b <= 'z')
        {
            return b - 'a' + 26;
        }

        if (b >= '0' && b <= '9')
        {
            return b - '0' + 52;
        }

        return b == '+' ? 62 : b == '/' ? 63 : -1;
    }

    /// <summary>Looks for a certificate's outer form (RFC 5280, 4.1): a SEQUENCE of a SEQUENCE, a SEQUENCE and a BIT STRING, to the last byte.</summary>
    private static bool IsCertificate(byte[] der, int length)
    {
        int at = EnterDer(der, 0, length, 0x30, true);
        at = SkipDer(der, at, length, 0x30, false);
        at = SkipDer(der, at, length, 0x30, false);
        return SkipDer(der, at, length, 0x03, true) == length;
    }

    private static int SkipDer(byte[] der, int at, int end, int tag, bool isLast)
    {
        int start = EnterDer(der, at, end, tag, isLast);
        return start < 0 ? -1 : start + LengthOf(der, at + 1);
    }

    /// <returns>Where the content of the element at this place begins, or -1 where it is not such an element.</returns>
    private static int EnterDer(byte[] der, int at, int end, int tag, bool isLast)
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

    private static int LengthOf(byte[] der, int at)
    {
        return der[at] < 0x80 ? der[at] : der[at] == 0x81 ? der[at + 1] : (der[at + 1] << 8) | der[at + 2];
    }

    private static string Rewrite(byte[] bytes, int length)
    {
        // A line end for each 64 characters, and around each marker, where there may have been none.
        byte[] lines = new byte[length + (length / LineLength) + (length / 12) + 8];
        int written = 0;
        int begin = Find(bytes, 0, length, Begin);
        while (begin >= 0)
        {
            int end = Find(bytes, begin, length, End);
            written = Write(lines, written, Begin);
            int column = 0;
            for (int i = begin + Begin.Length; i < end; i++)
            {
                if (!IsWhite(bytes[i]))
                {
                    lines[written++] = bytes[i];
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

            written = Write(lines, written, End);
            begin = Find(bytes, end, length, Begin);
        }

        return Utf8.Encoding.GetString(lines, 0, written);
    }

    private static int Write(byte[] lines, int at, string marker)
    {
        for (int i = 0; i < marker.Length; i++)
        {
            lines[at++] = (byte)marker[i];
        }

        lines[at++] = LineFeed;
        return at;
    }
}
