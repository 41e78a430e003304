using System.Text;

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

    private const string Asterisks = "***";
    private const string KeyMark = "PRIVATE KEY-----";
    private const int MaxSecrets = 5;

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
            return "(a private key)";
        }

        int run = 0;
        for (int i = 1; _count > 0 && i < text.Length; i++)
        {
            run = IsPair(text[i - 1], text[i]) ? run + 1 : 0;
            if (run >= _shortest - 1 && Match(text, i - _shortest + 1) > 0)
            {
                return Rewrite(text, i - _shortest + 1);
            }
        }

        return text;
    }

    private static int PairOf(int first, int second)
    {
        return ((first << 5) ^ second) & ((PairBytes * 8) - 1);
    }

    private bool IsPair(char first, char second)
    {
        int pair = PairOf(first, second);
        return (_pairs[pair >> 3] & (1 << (pair & 7))) != 0;
    }

    private string Rewrite(string text, int start)
    {
        StringBuilder masked = new StringBuilder(text.Substring(0, start));
        int i = start;
        while (i < text.Length)
        {
            int length = i + 1 < text.Length && IsPair(text[i], text[i + 1]) ? Match(text, i) : 0;
            if (length > 0)
            {
                masked.Append(Asterisks);
                i += length;
            }
            else
            {
                masked.Append(text[i]);
                i++;
            }
        }

        return masked.ToString();
    }

    /// <returns>The length of the longest piece of a secret that begins at this place of a text, or 0.</returns>
    private int Match(string text, int at)
    {
        int longest = 0;
        for (int secret = 0; secret < _count; secret++)
        {
            int least = _lengths[secret] < PieceLength ? _lengths[secret] : PieceLength;
            int end = _starts[secret] + _lengths[secret];
            for (int from = _starts[secret]; from <= end - least; from++)
            {
                int length = 0;
                while (from + length < end && at + length < text.Length && text[at + length] == _secrets[secret][from + length])
                {
                    length++;
                }

                longest = length >= least && length > longest ? length : longest;
            }
        }

        return longest;
    }
}
