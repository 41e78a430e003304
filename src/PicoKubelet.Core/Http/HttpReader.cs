using PicoKubelet.Hardware;
using PicoKubelet.Text;

namespace PicoKubelet.Http;

/// <summary>
/// Reads HTTP/1.1 messages (RFC 9112) from a connection, one after the other, through one fixed buffer:
/// the lines of the head first, then the body as a stream of bytes. Replies and requests alike.
/// </summary>
public sealed partial class HttpReader : IByteSource
{
    private const byte Cr = 13;
    private const byte Lf = 10;

    // What is kept of a line that does not fit the buffer: enough for the header's name, which is then ignored.
    private const int KeptOfLongLine = 32;

    private readonly byte[] _buffer;
    private readonly IClock _clock;
    private IByteSource _source;
    private int _start;
    private int _end;
    private long _deadline;
    private int _headLeft;

    private int _lineStart;
    private int _lineLength;
    private bool _lineIsTruncated;
    private int _nameLength;
    private int _valueStart;
    private int _valueLength;

    private bool _connectionClose;
    private bool _connectionKeepAlive;

    /// <summary>Initializes the reader.</summary>
    /// <param name="bufferSize">Bytes; a line that is longer is cut.</param>
    /// <param name="clock">The clock of the deadlines.</param>
    public HttpReader(int bufferSize, IClock clock)
    {
        _buffer = new byte[bufferSize];
        _clock = clock;
    }

    /// <summary>Gets the number of bytes that came from the connection since <see cref="Open"/>.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Gets the length that the message gives its body, or -1 where it gives none.</summary>
    public long ContentLength => _contentLength;

    /// <summary>Gets whether the body comes in chunks.</summary>
    public bool IsChunked => _isChunked;

    /// <summary>Gets whether the line or header that was read last did not fit the buffer and was cut.</summary>
    public bool LineIsTruncated => _lineIsTruncated;

    /// <summary>Gets whether the head contains <c>Connection: close</c>.</summary>
    public bool HasConnectionClose => _connectionClose;

    /// <summary>Gets whether the head contains <c>Connection: keep-alive</c>, which HTTP/1.0 needs to keep a connection.</summary>
    public bool HasConnectionKeepAlive => _connectionKeepAlive;

    /// <summary>Gets whether the body was read to its end, so that the next message may follow.</summary>
    public bool IsAtEnd => _bodyEnded && !_untilClose;

    /// <summary>Gets whether bytes came that are not read yet: behind a message's end, the next one's, whether it was asked for or not.</summary>
    public bool HasUnread => _start < _end;

    /// <summary>Gets the first of the bytes that are not read yet, or 0 where there are none.</summary>
    public byte NextByte => _start < _end ? _buffer[_start] : (byte)0;

    /// <summary>Begins with a new connection; whatever is left of the one before is forgotten.</summary>
    /// <param name="source">The connection.</param>
    public void Open(IByteSource source)
    {
        _source = source;
        _start = 0;
        _end = 0;
        BytesRead = 0;
    }

    /// <summary>Forgets the connection.</summary>
    public void Close()
    {
        _source = null;
    }

    /// <summary>Begins with the next message.</summary>
    /// <param name="headLimit">The most bytes that the start line and the headers may have together.</param>
    /// <param name="deadline">When the message must be whole, in the clock's milliseconds.</param>
    public void BeginMessage(int headLimit, long deadline)
    {
        _headLeft = headLimit;
        _deadline = deadline;
        _connectionClose = false;
        _connectionKeepAlive = false;
        _isChunked = false;
        _contentLength = -1;
        _bodyLeft = 0;
        _bodyEnded = true;
        _untilClose = false;
    }

    /// <summary>Moves the deadline of the message under way.</summary>
    /// <param name="deadline">In the clock's milliseconds.</param>
    public void SetDeadline(long deadline)
    {
        _deadline = deadline;
    }

    /// <summary>Reads the start line. Empty lines before it are passed over (RFC 9112 section 2.2).</summary>
    /// <returns>False where the connection ends before the first byte of the message.</returns>
    /// <exception cref="HttpException">The line can not be read.</exception>
    public bool ReadStartLine()
    {
        do
        {
            if (!ReadLine())
            {
                return false;
            }
        }
        while (_lineLength == 0);
        return true;
    }

    /// <summary>Reads the next header. Those that frame the message are taken note of by the reader itself.</summary>
    /// <returns>False at the end of the head.</returns>
    /// <exception cref="HttpException">The header can not be read.</exception>
    public bool ReadHeader()
    {
        if (!ReadLine())
        {
            throw new HttpException(HttpError.Truncated, "head cut off");
        }

        if (_lineLength == 0)
        {
            return false;
        }

        int colon = _lineStart;
        int lineEnd = _lineStart + _lineLength;
        while (colon < lineEnd && _buffer[colon] != ':')
        {
            // White space in or after a name is how requests are smuggled (RFC 9112 section 5.1); at the start it is a folded line.
            if (_buffer[colon] <= ' ' || _buffer[colon] >= 0x7f)
            {
                throw new HttpException(HttpError.Malformed, "header name");
            }

            colon++;
        }

        if (_lineIsTruncated && colon == lineEnd)
        {
            _nameLength = 0;
            _valueLength = 0;
            return true;
        }

        if (colon == lineEnd || colon == _lineStart)
        {
            throw new HttpException(HttpError.Malformed, "header without a name");
        }

        _nameLength = colon - _lineStart;
        _valueStart = colon + 1;
        while (_valueStart < lineEnd && AsciiText.IsBlank(_buffer[_valueStart]))
        {
            _valueStart++;
        }

        while (lineEnd > _valueStart && AsciiText.IsBlank(_buffer[lineEnd - 1]))
        {
            lineEnd--;
        }

        _valueLength = lineEnd - _valueStart;
        for (int i = _valueStart; i < lineEnd; i++)
        {
            // A NUL, or a CR that ends no line, is read differently by different programs (RFC 9110 section 5.5).
            if (_buffer[i] < ' ' && _buffer[i] != '\t')
            {
                throw new HttpException(HttpError.Malformed, "header value");
            }
        }

        NoteFraming();
        return true;
    }

    /// <summary>Compares the header's name.</summary>
    /// <param name="lower">The name in lower case.</param>
    /// <returns>Whether it is this header; never one that was cut.</returns>
    public bool NameIs(string lower)
    {
        return !_lineIsTruncated && HasName(lower);
    }

    /// <summary>Compares the header's name, of one that was cut too.</summary>
    /// <param name="lower">The name in lower case.</param>
    /// <returns>Whether it is this header.</returns>
    public bool HasName(string lower)
    {
        return AsciiText.EqualsIgnoreCase(_buffer, _lineStart, _nameLength, lower);
    }

    /// <summary>Compares the beginning of the header's value, upper and lower case being the same.</summary>
    /// <param name="lower">The beginning in lower case.</param>
    /// <returns>Whether the value begins so.</returns>
    public bool ValueStartsWith(string lower)
    {
        return AsciiText.StartsWithIgnoreCase(_buffer, _valueStart, _valueLength, lower);
    }

    /// <summary>Reads the header's value as a whole number.</summary>
    /// <param name="number">The number, when it is one.</param>
    /// <returns>Whether it is one.</returns>
    public bool TryGetValue(out long number)
    {
        return AsciiText.TryParse(_buffer, _valueStart, _valueLength, out number);
    }

    /// <summary>Gets the header's value as a new string.</summary>
    /// <returns>The value.</returns>
    public string GetValue()
    {
        return Utf8.Encoding.GetString(_buffer, _valueStart, _valueLength);
    }

    /// <summary>Gets the length of the header's value, in bytes.</summary>
    public int ValueLength => _valueLength;

    /// <summary>Gets one byte of the header's value.</summary>
    /// <param name="index">Its place in the value, from 0 to <see cref="ValueLength"/> - 1.</param>
    /// <returns>The byte.</returns>
    public byte ValueByte(int index)
    {
        return _buffer[_valueStart + index];
    }

    /// <summary>Gets the length of the line that was read last, in bytes, without its end.</summary>
    public int LineLength => _lineLength;

    /// <summary>Gets one byte of the line that was read last.</summary>
    /// <param name="index">Its place in the line.</param>
    /// <returns>The byte, or 0 past the line's end.</returns>
    public byte LineByte(int index)
    {
        return index < _lineLength ? _buffer[_lineStart + index] : (byte)0;
    }

    /// <summary>Compares the beginning of the line that was read last, upper and lower case being the same.</summary>
    /// <param name="lower">The beginning in lower case.</param>
    /// <returns>Whether the line begins so.</returns>
    public bool LineStartsWith(string lower)
    {
        return AsciiText.StartsWithIgnoreCase(_buffer, _lineStart, _lineLength, lower);
    }

    private void NoteFraming()
    {
        if (_lineIsTruncated)
        {
            // Only white space makes these so long, and whoever ignored one would take the body for the next message.
            if (HasName("content-length") || HasName("transfer-encoding"))
            {
                throw new HttpException(HttpError.Malformed, "framing header too long");
            }

            return;
        }

        if (NameIs("content-length"))
        {
            if (!TryGetValue(out long length) || (_contentLength >= 0 && _contentLength != length))
            {
                throw new HttpException(HttpError.Malformed, "Content-Length");
            }

            _contentLength = length;
        }
        else if (NameIs("transfer-encoding"))
        {
            if (_isChunked || !AsciiText.EqualsIgnoreCase(_buffer, _valueStart, _valueLength, "chunked"))
            {
                throw new HttpException(HttpError.UnsupportedCoding, "Transfer-Encoding");
            }

            _isChunked = true;
        }
        else if (NameIs("connection"))
        {
            _connectionClose |= AsciiText.ListContains(_buffer, _valueStart, _valueLength, "close");
            _connectionKeepAlive |= AsciiText.ListContains(_buffer, _valueStart, _valueLength, "keep-alive");
        }
    }
}
