using PicoKubelet.Text;

namespace PicoKubelet.Settings;

/// <summary>
/// Reads the blocks of a PEM text (RFC 7468) as a device's mbedTLS does when it makes its first handshake, where nobody would
/// understand the error: the markers, each on a line of its own, and base64 between them. What copying breaks without making it
/// ambiguous is mended: line ends that became <c>\n</c> in letters, spaces, or nothing.
/// </summary>
internal sealed partial class PemText
{
    private const byte LineFeed = 10;
    private const byte CarriageReturn = 13;

    private readonly string _field;
    private readonly string _text;
    private readonly string _noun;
    private readonly byte[] _begin;
    private readonly byte[] _end;
    private readonly byte[] _bytes;
    private readonly int _length;
    private int _next;
    private bool _isMended;

    /// <summary>Initializes a reader in front of the first block.</summary>
    /// <param name="field">The settings' field that the text is the value of.</param>
    /// <param name="text">The text.</param>
    /// <param name="label">What the markers say, such as <c>CERTIFICATE</c>.</param>
    /// <param name="noun">What a block is, for errors.</param>
    public PemText(string field, string text, string label, string noun)
    {
        _field = field;
        _text = text;
        _noun = noun;
        _begin = Utf8.Encoding.GetBytes(BeginOf(label));
        _end = Utf8.Encoding.GetBytes("-----END " + label + "-----");
        _bytes = Utf8.Encoding.GetBytes(text);
        _length = text.IndexOf('\\') < 0 ? _bytes.Length : MendEscapes(_bytes);
        _isMended = _length < _bytes.Length;
    }

    /// <summary>Gets the number of blocks that were read.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the bytes of the last block.</summary>
    public byte[] Content { get; private set; }

    /// <summary>Gets the number of <see cref="Content"/>'s bytes.</summary>
    public int ContentLength { get; private set; }

    /// <summary>Gets the marker in front of a block.</summary>
    /// <param name="label">What it says.</param>
    /// <returns>The marker.</returns>
    public static string BeginOf(string label)
    {
        return "-----BEGIN " + label + "-----";
    }

    /// <summary>Reads the next block.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="SettingsException">It is no block; the message says why.</exception>
    public bool Read()
    {
        int begin = Find(_next, _begin);
        if (begin < 0)
        {
            return false;
        }

        Count++;
        int start = begin + _begin.Length;
        int end = Find(start, _end);
        if (end < 0)
        {
            throw Wrong(Utf8.Encoding.GetString(_end, 0, _end.Length) + " is missing");
        }

        Decode(start, end);
        _isMended |= !IsInLines(start, end);
        _next = end;
        return true;
    }

    /// <summary>Gets the text as mbedTLS takes it.</summary>
    /// <returns>The text itself where nothing was to be mended; otherwise the blocks alone, in lines.</returns>
    public string Mended()
    {
        return _isMended ? Rewrite() : _text;
    }

    /// <summary>Makes the error about the last block.</summary>
    /// <param name="why">What is wrong with it.</param>
    /// <returns>The error.</returns>
    public SettingsException Wrong(string why)
    {
        return new SettingsException(_field, _noun + " " + Count.ToString() + ": " + why);
    }

    private static bool IsWhite(byte b)
    {
        return b == ' ' || b == '\t' || b == CarriageReturn || b == LineFeed;
    }

    private int Find(int start, byte[] marker)
    {
        // Locals, and one look a byte: a board passes here at each start, over kilobytes.
        byte[] bytes = _bytes;
        byte first = marker[0];
        int last = _length - marker.Length;
        for (int i = start; i <= last; i++)
        {
            if (bytes[i] != first)
            {
                continue;
            }

            int matched = 1;
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

    private void Decode(int start, int end)
    {
        byte[] bytes = _bytes;
        byte[] content = new byte[(end - start) * 3 / 4];
        int length = 0;
        int digits = 0;
        int padding = 0;
        int group = 0;
        for (int i = start; i < end; i++)
        {
            byte b = bytes[i];
            int digit = Base64.ValueOf(b);
            if (digit < 0)
            {
                if (IsWhite(b))
                {
                    continue;
                }

                padding++;
                digit = 0;
                if (b != '=' || padding > 2)
                {
                    throw Wrong("something between the markers is not base64");
                }
            }
            else if (padding > 0)
            {
                throw Wrong("something between the markers is not base64");
            }

            group = (group << 6) | digit;
            if ((++digits & 3) == 0)
            {
                content[length++] = (byte)(group >> 16);
                content[length++] = (byte)(group >> 8);
                content[length++] = (byte)group;
                group = 0;
            }
        }

        if (digits == 0)
        {
            throw Wrong("nothing is between the markers");
        }

        if (digits % 4 != 0)
        {
            throw Wrong("its base64 is not whole");
        }

        Content = content;
        ContentLength = length - padding;
    }
}
