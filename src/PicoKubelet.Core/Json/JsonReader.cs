using PicoKubelet.Text;

namespace PicoKubelet.Json;

/// <summary>
/// Reads JSON (RFC 8259) as it streams by: a document of any length through one block of bytes, of which no more than the
/// current name, string or number is kept, and of that no more than the token buffer holds. Nothing is allocated but
/// what <see cref="GetString"/> and <see cref="ReadString(int)"/> hand out.
/// <code>
/// reader.Reset(body);
/// if (reader.BeginObjectOrSkip())
/// {
///     while (reader.ReadName())
///     {
///         if (reader.NameIs("uid")) { uid = reader.ReadString(64); } else { reader.Skip(); }
///     }
/// }
/// reader.ReadToEnd();
/// </code>
/// The whole document is checked, what is skipped too. Names that occur twice are reported twice. A byte order mark in
/// front is passed over: Windows' editors put one into the settings. <c>\u0000</c> and halves of surrogate pairs
/// become U+FFFD: a string of nanoFramework ends at a NUL and can not hold the halves, and PC and device must agree.
/// </summary>
/// <remarks>After an exception, its own or the source's, only <see cref="Reset"/> makes the reader usable again.</remarks>
public sealed partial class JsonReader
{
    // One bit each in _arrays, and the bound of .NET's own reader. Kubernetes' objects nest far less.
    private const int MaxDepth = 64;

    private const int EndOfSource = -1;

    // What comes next.
    private const int Broken = 0;
    private const int Start = 1;
    private const int Value = 2;
    private const int Name = 3;
    private const int FirstElement = 4;
    private const int FirstName = 5;
    private const int Separator = 6;
    private const int Close = 7;
    private const int Ended = 8;

    private readonly byte[] _block;
    private readonly byte[] _ownToken;
    private byte[] _token;

    private IByteSource _source;
    private int _blockStart;
    private int _position;
    private int _end;
    private bool _sourceEnded;

    private int _state;
    private int _depth;
    private ulong _arrays;
    private bool _discards;

    private JsonToken _kind;
    private int _tokenLength;
    private bool _isTruncated;
    private int _highSurrogate;

    /// <summary>Makes a reader with its two buffers.</summary>
    /// <param name="blockSize">The bytes asked from the source at a time; at least 1.</param>
    /// <param name="tokenSize">The bytes of a name, string or number that are kept at most.</param>
    public JsonReader(int blockSize, int tokenSize)
    {
        _block = new byte[blockSize];
        _ownToken = new byte[tokenSize];
        _token = _ownToken;
    }

    /// <summary>What was read last.</summary>
    public JsonToken Token => _kind;

    /// <summary>The bytes of the document that were consumed.</summary>
    public int Position => _blockStart + _position;

    /// <summary>
    /// The position past which the source is not asked for more: reading on throws. To be set while a document is read, to
    /// bound what follows to the block; each <see cref="Reset"/> takes the bound away.
    /// </summary>
    public int MaxPosition { get; set; } = int.MaxValue;

    /// <summary>
    /// Whether the current name, string or number was longer than what is kept of it: its beginning, up to the last whole
    /// character that fitted.
    /// </summary>
    public bool IsTruncated => _isTruncated;

    /// <summary>Begins another document.</summary>
    /// <param name="source">Where it comes from.</param>
    public void Reset(IByteSource source)
    {
        _source = source;
        _blockStart = 0;
        _position = 0;
        _end = 0;
        _sourceEnded = false;
        _state = Start;
        _depth = 0;
        _discards = false;
        MaxPosition = int.MaxValue;
        Forget();
    }

    /// <summary>Reads the next token.</summary>
    /// <returns>The token; <see cref="JsonToken.End"/> once the document is over, however often it is asked.</returns>
    /// <exception cref="JsonException">The document is malformed, cut short or nested deeper than 64.</exception>
    public JsonToken Read()
    {
        int next = MoveToNext();
        switch (_state)
        {
            case Close:
                ReadClose();
                break;
            case Name:
                ReadMemberName(next);
                break;
            case Ended:
                _kind = JsonToken.End;
                break;
            default:
                ReadValue(next);
                break;
        }

        return _kind;
    }

    /// <summary>Compares the current name.</summary>
    /// <param name="ascii">The name to compare with; one with other characters than ASCII's never matches.</param>
    /// <returns>Whether it is the same; false if it is truncated or the current token is no name.</returns>
    public bool NameIs(string ascii)
    {
        return _kind == JsonToken.Name && TextIs(ascii);
    }

    /// <summary>Compares the current string, or a number's text.</summary>
    /// <param name="ascii">The text to compare with; one with other characters than ASCII's never matches.</param>
    /// <returns>Whether it is the same; false if it is truncated or the current token is neither.</returns>
    public bool ValueIs(string ascii)
    {
        return (_kind == JsonToken.String || _kind == JsonToken.Number) && TextIs(ascii);
    }

    /// <summary>Makes a string of what is kept of the current name, string or number.</summary>
    /// <returns>The string; null if the current token is none of these.</returns>
    public string GetString()
    {
        if (!HasText)
        {
            return null;
        }

        return _tokenLength == 0 ? "" : Utf8.Encoding.GetString(_token, 0, _tokenLength);
    }

    /// <summary>Reads the current number, which has neither fraction nor exponent, as a long.</summary>
    /// <param name="value">The number, or 0.</param>
    /// <returns>Whether the current token is such a number and within range.</returns>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        if (_kind != JsonToken.Number || _isTruncated)
        {
            return false;
        }

        bool isNegative = _token[0] == '-';
        long negated = 0;
        for (int i = isNegative ? 1 : 0; i < _tokenLength; i++)
        {
            int digit = _token[i] - '0';
            if (digit < 0 || digit > 9 || negated < (long.MinValue + digit) / 10)
            {
                return false;
            }

            // Counted downwards, since the smallest long has no positive counterpart.
            negated = (negated * 10) - digit;
        }

        if (!isNegative && negated == long.MinValue)
        {
            return false;
        }

        value = isNegative ? negated : -negated;
        return true;
    }

    private bool HasText => _kind == JsonToken.Name || _kind == JsonToken.String || _kind == JsonToken.Number;

    private void Forget()
    {
        _kind = JsonToken.None;
        _tokenLength = 0;
        _isTruncated = false;
    }

    private void Truncate(int maxBytes)
    {
        if (_tokenLength <= maxBytes)
        {
            return;
        }

        // Back to where a character begins: the others' bytes are 10xxxxxx.
        int length = maxBytes;
        while (length > 0 && (_token[length] & 0xC0) == 0x80)
        {
            length--;
        }

        _tokenLength = length;
        _isTruncated = true;
    }

    private bool TextIs(string ascii)
    {
        if (_isTruncated || ascii.Length != _tokenLength)
        {
            return false;
        }

        for (int i = 0; i < _tokenLength; i++)
        {
            int b = _token[i];
            if (b != ascii[i] || b >= 0x80)
            {
                return false;
            }
        }

        return true;
    }
}
