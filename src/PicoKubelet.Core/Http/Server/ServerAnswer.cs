using System;
using PicoKubelet.Hardware;
using PicoKubelet.Json;
using PicoKubelet.Text;

namespace PicoKubelet.Http.Server;

/// <summary>
/// An answer, written piece by piece through one buffer that lives as long as the firmware. What fits it as a whole goes out
/// with its length, what does not in chunks, or until the close to a client of HTTP/1.0.
/// </summary>
public sealed class ServerAnswer
{
    /// <summary>The media type of JSON.</summary>
    public const string JsonType = "application/json";

    /// <summary>The media type of plain text.</summary>
    public const string TextType = "text/plain; charset=utf-8";

    // The head comes before the body in the same buffer, so that both are one write.
    // The longest without headers of the route's own has some 130 bytes.
    private const int UsualHeadBytes = 160;

    // As many as may come between two checkpoints.
    private const int BodyBytes = 600;

    private readonly IClock _clock;
    private readonly int _headBytes;
    private readonly byte[] _buffer;
    private readonly Utf8Writer _head;
    private readonly Utf8Writer _text;
    private readonly JsonWriter _json;
    private IClientConnection _connection;
    private bool _isHead;
    private bool _isHttp11;
    private bool _isChunked;
    private string _mediaType;

    /// <summary>Initializes the answer with its buffers.</summary>
    /// <param name="clock">The clock of the deadlines.</param>
    /// <param name="headBytes">Room for the head.</param>
    public ServerAnswer(IClock clock, int headBytes = UsualHeadBytes)
    {
        _clock = clock;
        _headBytes = headBytes;
        _buffer = new byte[headBytes + BodyBytes];
        _head = new Utf8Writer(_buffer);
        _text = new Utf8Writer(_buffer);
        _json = new JsonWriter(_text);
    }

    /// <summary>Gets the status code, or 0 before <see cref="Begin"/>.</summary>
    public int Status { get; private set; }

    /// <summary>Gets whether a part of it was sent, so that it can not become another one.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Gets where a text goes.</summary>
    public Utf8Writer Text => _text;

    /// <summary>Gets where a JSON document goes.</summary>
    public JsonWriter Json => _json;

    /// <summary>
    /// Gets whether an answer without an end of its own, a log that is followed, may go on. Whoever writes one asks before each
    /// <see cref="Flush"/>, and ends it where it may not.
    /// </summary>
    public bool IsWanted => !_isHead && _connection.IsWanted;

    /// <summary>Gets or sets the methods that the resource has, for a 405.</summary>
    public string Allow { get; set; }

    /// <summary>Gets or sets more lines of the head, each with CR LF in front, or null.</summary>
    public string MoreHeaders { get; set; }

    /// <summary>Begins the answer; what was written before and not sent is dropped.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="mediaType">The body's media type.</param>
    public void Begin(int status, string mediaType)
    {
        Status = status;
        _mediaType = mediaType;
        _json.Reset(_headBytes);
    }

    /// <summary>Marks a place where the answer may be cut into pieces. What was written goes out where the rest of the buffer is too small.</summary>
    /// <param name="room">The most bytes that come before the next checkpoint or the end: 600 or less.</param>
    /// <exception cref="InvalidOperationException">More came since the last one than it said.</exception>
    public void Checkpoint(int room = BodyBytes)
    {
        if (_text.Length > BodyBytes - room || _text.Overflowed)
        {
            SendPiece();
        }
    }

    /// <summary>Sends what was written so far, if there is anything, and gives what follows the time of a whole answer again.</summary>
    /// <exception cref="InvalidOperationException">Too much came since the last checkpoint.</exception>
    public void Flush()
    {
        _connection.Deadline = _clock.Milliseconds + RequestHandler.StageTimeout;
        if (_text.Length > 0)
        {
            SendPiece();
        }
    }

    /// <summary>Ends the answer and sends what is left of it.</summary>
    /// <exception cref="InvalidOperationException">Too much came since the last checkpoint.</exception>
    public void End()
    {
        if (!IsSent)
        {
            Check();
            WriteHead(_text.Length);
            Send(_isHead ? 0 : _text.Length);
            return;
        }

        if (_text.Length > 0)
        {
            SendPiece();
        }

        if (_isChunked && !_isHead)
        {
            _head.Reset();
            _head.Write("\r\n0\r\n\r\n");
            _connection.Write(_buffer, 0, _head.Length);
        }
    }

    /// <summary>Answers with an error.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="message">What is wrong.</param>
    public void Error(int status, string message)
    {
        Begin(status, JsonType);
        _json.BeginObject();
        _json.Property("error", message);
        _json.Property("code", status);
        _json.EndObject();
        End();
    }

    /// <summary>Gets the buffer, which whoever serves the connection may use before the answer begins and after it has ended.</summary>
    internal byte[] Buffer => _buffer;

    internal void Open(IClientConnection connection)
    {
        _connection = connection;
        Status = 0;
        IsSent = false;
        Allow = null;
        MoreHeaders = null;
        _isHead = false;
        _isHttp11 = false;
        _isChunked = false;
    }

    internal void SetForm(bool isHead, bool isHttp11)
    {
        _isHead = isHead;
        _isHttp11 = isHttp11;
    }

    private void SendPiece()
    {
        Check();
        bool isFirst = !IsSent;
        _head.Reset();
        if (isFirst)
        {
            _isChunked = _isHttp11;
            WriteHead(-1);
        }

        int length = _isHead ? 0 : _text.Length;
        if (_isChunked && !_isHead)
        {
            // The end of a chunk is written before the next one.
            if (!isFirst)
            {
                _head.Write("\r\n");
            }

            _head.WriteByte(Hex.Digit(length >> 8));
            _head.WriteByte(Hex.Digit(length >> 4));
            _head.WriteByte(Hex.Digit(length));
            _head.Write("\r\n");
        }

        Send(length);
        _text.Reset(_headBytes);
    }

    private void Check()
    {
        if (_text.Overflowed)
        {
            throw new InvalidOperationException("answer's piece too large");
        }
    }

    /// <param name="length">The body's length, or -1 where it is not known.</param>
    private void WriteHead(int length)
    {
        _head.Reset();
        _head.Write("HTTP/1.1 ");
        _head.Write(Status);
        _head.WriteByte((byte)' ');
        _head.Write(HttpStatus.Phrase(Status));
        _head.Write("\r\nContent-Type: ");
        _head.Write(_mediaType);
        if (length >= 0)
        {
            _head.Write("\r\nContent-Length: ");
            _head.Write(length);
        }
        else if (_isChunked)
        {
            _head.Write("\r\nTransfer-Encoding: chunked");
        }

        if (Allow != null)
        {
            _head.Write("\r\nAllow: ");
            _head.Write(Allow);
        }

        if (Status == HttpStatus.Unauthorized)
        {
            _head.Write("\r\nWWW-Authenticate: Bearer");
        }
        else if (Status == HttpStatus.TooManyRequests)
        {
            _head.Write("\r\nRetry-After: 1");
        }

        _head.Write(MoreHeaders);
        _head.Write("\r\nConnection: close\r\n\r\n");
    }

    /// <summary>Sends the head, which was written at the buffer's start, and right behind it a part of the body.</summary>
    private void Send(int length)
    {
        if (_head.Length > _headBytes)
        {
            throw new InvalidOperationException("answer's head too large");
        }

        int start = _headBytes - _head.Length;
        Array.Copy(_buffer, 0, _buffer, start, _head.Length);
        IsSent = true;
        if (_head.Length + length > 0)
        {
            _connection.Write(_buffer, start, _head.Length + length);
        }
    }
}
