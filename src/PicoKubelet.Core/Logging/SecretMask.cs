using PicoKubelet.Text;

namespace PicoKubelet.Logging;

/// <summary>
/// Takes the secrets that the board knows out of text that came from elsewhere, before it is logged, served or sent: whoever talks to
/// the board may send back what the board sent. A piece of a secret, as it stands, of <see cref="PieceLength"/> characters and more
/// becomes three asterisks; a secret that is shorter counts as a whole, from <see cref="ShortestSecret"/> on.
/// </summary>
public sealed class SecretMask
{
    /// <summary>
    /// The characters from which on a piece of a secret is one: 48 bits of a token's base64, and as many as a Wi-Fi password has at
    /// least, so that words which people use are no pieces of it by chance.
    /// </summary>
    public const int PieceLength = 8;

    /// <summary>The characters from which on a text is a secret at all: a token of one letter would take that letter out of every line.</summary>
    public const int ShortestSecret = 4;

    private const int Asterisks = 3;
    private const string KeyMark = "PRIVATE KEY-----";
    private const string PrivateKey = "(a private key)";

    // On a node the token or the client key, the port's token and its key, two Wi-Fi passwords and the setup page's; on that page what is typed besides.
    private const int MaxSecrets = 8;

    // One bit for each pair of characters, 2,048 of them, tells most texts from all secrets without a look at the secrets. A token
    // of a kilobyte sets about a third of the bits, so that seven pairs in a row are there by chance once in some thousand places.
    private const int PairBytes = 256;

    private readonly byte[][] _secrets = new byte[MaxSecrets][];
    private readonly int[] _starts = new int[MaxSecrets];
    private readonly int[] _lengths = new int[MaxSecrets];
    private byte[] _pairs;
    private int _count;
    private int _shortest = PieceLength;

    /// <summary>Adds a secret.</summary>
    /// <param name="buffer">Where it is, ASCII. Not copied: it has to stay there.</param>
    /// <param name="start">Its first byte.</param>
    /// <param name="length">Its length.</param>
    public void Add(byte[] buffer, int start, int length)
    {
        if (length < ShortestSecret || _count == MaxSecrets)
        {
            return;
        }

        _pairs = _pairs ?? new byte[PairBytes];
        for (int i = start; i < start + length - 1; i++)
        {
            int pair = PairOf(buffer[i], buffer[i + 1]);
            _pairs[pair >> 3] |= (byte)(1 << (pair & 7));
        }

        _secrets[_count] = buffer;
        _starts[_count] = start;
        _lengths[_count] = length;

        // The last: whoever masks on another thread meanwhile sees all of it or nothing.
        _count++;
        _shortest = length < _shortest ? length : _shortest;
    }

    /// <summary>Takes the secrets out of a text.</summary>
    /// <param name="text">The text, or null.</param>
    /// <returns>The text itself where it holds none; otherwise another one.</returns>
    public string Mask(string text)
    {
        if (text == null)
        {
            return null;
        }

        if (text.IndexOf(KeyMark) >= 0)
        {
            return PrivateKey;
        }

        if (_count == 0)
        {
            return text;
        }

        // Bytes, since on a device each look at a char of a string counts through the whole string.
        byte[] bytes = Utf8.Encoding.GetBytes(text);
        int length = Mask(bytes, 0, bytes.Length);
        return length == bytes.Length ? text : Utf8.Encoding.GetString(bytes, 0, length);
    }

    /// <summary>Takes the secrets out of a line that is still in its buffer.</summary>
    /// <param name="line">The line; what of it is masked is lost.</param>
    /// <returns>The line without secrets.</returns>
    public string MaskLine(Utf8Writer line)
    {
        string text = Utf8.Encoding.GetString(line.Buffer, line.Start, Mask(line.Buffer, line.Start, line.Length));
        return text.IndexOf(KeyMark) >= 0 ? PrivateKey : text;
    }

    /// <summary>Takes the secrets out of a text where it is. What is masked becomes shorter.</summary>
    /// <param name="buffer">Where the text is, UTF-8.</param>
    /// <param name="start">Its first byte.</param>
    /// <param name="length">Its length, bytes.</param>
    /// <returns>The new length, bytes; the old one where it held no secret.</returns>
    public int Mask(byte[] buffer, int start, int length)
    {
        int run = 0;
        int end = start + length;
        for (int i = start + 1; _count > 0 && i < end; i++)
        {
            run = IsPair(buffer[i - 1], buffer[i]) ? run + 1 : 0;
            int first = i - _shortest + 1;
            if (run >= _shortest - 1 && Match(buffer, first, end) > 0)
            {
                return Rewrite(buffer, first, end) - start;
            }
        }

        return length;
    }

    private static int PairOf(int first, int second)
    {
        return ((first << 5) ^ second) & ((PairBytes * 8) - 1);
    }

    private bool IsPair(byte first, byte second)
    {
        int pair = PairOf(first, second);
        return (_pairs[pair >> 3] & (1 << (pair & 7))) != 0;
    }

    /// <returns>The new end.</returns>
    private int Rewrite(byte[] buffer, int start, int end)
    {
        // In place: the asterisks are fewer than the bytes of the shortest secret.
        int written = start;
        int i = start;
        while (i < end)
        {
            int length = i + 1 < end && IsPair(buffer[i], buffer[i + 1]) ? Match(buffer, i, end) : 0;
            for (int asterisk = 0; length > 0 && asterisk < Asterisks; asterisk++)
            {
                buffer[written++] = (byte)'*';
            }

            if (length == 0)
            {
                buffer[written++] = buffer[i];
                length = 1;
            }

            i += length;
        }

        return written;
    }

    /// <returns>The length of the longest piece of a secret that begins at this place of a text, or 0.</returns>
    private int Match(byte[] buffer, int at, int textEnd)
    {
        int longest = 0;
        for (int secret = 0; secret < _count; secret++)
        {
            int least = _lengths[secret] < PieceLength ? _lengths[secret] : PieceLength;
            int end = _starts[secret] + _lengths[secret];
            for (int from = _starts[secret]; from <= end - least; from++)
            {
                int length = 0;
                while (from + length < end && at + length < textEnd && buffer[at + length] == _secrets[secret][from + length])
                {
                    length++;
                }

                longest = length >= least && length > longest ? length : longest;
            }
        }

        return longest;
    }
}
