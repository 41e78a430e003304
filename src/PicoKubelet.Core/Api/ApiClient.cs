using System;
using PicoKubelet.Hardware;
using PicoKubelet.Http;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Api;

/// <summary>
/// Talks to the API server: one connection that is kept alive, one request at a time, every buffer made once.
/// It belongs to one loop and is not safe for use by several threads.
/// </summary>
public sealed class ApiClient
{
    // Our own: for clients that look like curl or a browser the API server indents its replies.
    private const string UserAgent = FirmwareVersion.UserAgent;

    // The metadata alone where the server can (1,303 -> 239 bytes for a Node's status), the whole object where it can not.
    private const string AcceptMetadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

    /// <summary>
    /// The bytes of the largest body of a request: a Node's whole status, some 2.1 KB, in which the message of a rejected
    /// configuration takes at most 768 more.
    /// </summary>
    public const int MaxBodyBytes = 3072;

    private const int LineEndBytes = 2;
    private const int HttpBufferBytes = 512;
    private const int JsonBlockBytes = 256;
    private const int JsonTokenBytes = 512;
    private const int MaxReplyHeadBytes = 8192;

    // Past this, closing the connection costs less than reading the rest of a reply that nobody wants.
    private const int MaxDrainBytes = 4096;

    // The longest wait that a server may impose; a larger Retry-After is taken for this.
    private const int MaxRetryAfterSeconds = 300;

    // The first byte of the record with which a TLS server answers what is no TLS.
    private const byte TlsAlert = 0x15;
    private const string WantsHttps = "the server speaks HTTPS; apiServer must begin with https://";

    // Enough for nginx's page, which says it in its title.
    private const int MaxHintBytes = 256;

    // "Content-Length:" is written before the body's length is known; spaces before the number are part of HTTP's grammar.
    private const string LengthBlank = "     ";

    private readonly IConnector _connector;
    private readonly ApiEndpoint _endpoint;
    private readonly IClock _clock;
    private readonly byte[] _fixedHeaders;
    private readonly int _tokenLength;
    private readonly Utf8Writer _output;
    private readonly JsonWriter _body;
    private readonly HttpReader _http;
    private readonly JsonReader _json;
    private readonly StatusReader _status = new StatusReader();
    private readonly ApiResult _result = new ApiResult();
    private readonly BodyLine _line;
    private readonly TimedSource _source;

    private string _verb;
    private long _bytesBefore;
    private int _headLength;
    private int _lengthEnd;
    private bool _headOverflowed;
    private IWatchReader _watchReader;
    private int _watchTimeout;
    private bool _keepAlive;
    private bool _isJson;

    /// <summary>Initializes the client; it connects with its first request.</summary>
    /// <param name="connector">Opens its connections.</param>
    /// <param name="endpoint">Where the API server is.</param>
    /// <param name="token">The bearer token, or null.</param>
    /// <param name="clock">The clock of its deadlines.</param>
    /// <param name="timeoutMilliseconds">The bound on a request from its first byte to the reply's last.</param>
    /// <param name="maxBodyBytes">The bytes of the largest body that will be sent; 0 for a client that only reads.</param>
    public ApiClient(IConnector connector, ApiEndpoint endpoint, string token, IClock clock, int timeoutMilliseconds, int maxBodyBytes = MaxBodyBytes)
    {
        _connector = connector;
        _endpoint = endpoint;
        _clock = clock;
        TimeoutMilliseconds = timeoutMilliseconds;
        _source = new TimedSource(clock);
        _fixedHeaders = Utf8.Encoding.GetBytes(
            "Host: " + endpoint.Host + ":" + endpoint.Port.ToString() + "\r\nUser-Agent: " + UserAgent + "\r\n"
            + (token == null ? "" : "Authorization: Bearer " + token + "\r\n"));

        _tokenLength = token == null ? 0 : token.Length;

        // The largest request line, Accept and Content-Type: 350 bytes beside a path of 500, a watch's.
        _output = new Utf8Writer(_fixedHeaders.Length + 850 + maxBodyBytes);
        _body = new JsonWriter(_output);
        _http = new HttpReader(HttpBufferBytes, clock);
        _json = new JsonReader(JsonBlockBytes, JsonTokenBytes);
        _line = new BodyLine(_http);
    }

    /// <summary>Has the token taken out of whatever the board tells, for as long as this client lives.</summary>
    /// <param name="secrets">What does so.</param>
    public void Conceal(SecretMask secrets)
    {
        // It is the last of the headers that are the same for all requests.
        secrets.Add(_fixedHeaders, _fixedHeaders.Length - LineEndBytes - _tokenLength, _tokenLength);
    }

    /// <summary>
    /// Gets or sets the bound on a request from its first byte to the reply's last, in milliseconds; a second try on a new
    /// connection is within it.
    /// </summary>
    public int TimeoutMilliseconds { get; set; }

    /// <summary>Gets what the client did so far.</summary>
    public ApiStatistics Statistics { get; } = new ApiStatistics();

    /// <summary>Gets whether it speaks HTTPS, for which there has to be a time first: certificates are checked against it.</summary>
    public bool IsSecure => _endpoint.IsSecure;

    /// <summary>Gets or sets whether to take note of the server's <c>Date</c>, for a board that has no other clock.</summary>
    public bool WantsServerTime { get; set; }

    /// <summary>Gets the time that the last reply with a readable <c>Date</c> named while it was wanted, or the default value where there was none.</summary>
    public DateTime ServerTime { get; private set; }

    /// <summary>Gets when <see cref="ServerTime"/> was read, in the monotonic clock's milliseconds.</summary>
    public long ServerTimeRead { get; private set; }

    /// <summary>Forgets the server's time, so that one that is read from now on can be told from it.</summary>
    public void ForgetServerTime()
    {
        ServerTime = default(DateTime);
    }

    /// <summary>Begins a request with a body.</summary>
    /// <param name="verb">The method, of <see cref="Verb"/>.</param>
    /// <param name="path">The path and query.</param>
    /// <param name="mediaType">The body's type, of <see cref="MediaType"/>.</param>
    /// <returns>Where the body goes; <see cref="Send"/> follows.</returns>
    public JsonWriter Begin(string verb, string path, string mediaType)
    {
        WriteHead(verb, path, AcceptMetadata);
        _output.Write("Content-Type: ");
        _output.Write(mediaType);
        _output.Write("\r\nContent-Length:");
        _output.Write(LengthBlank);
        _lengthEnd = _output.Length;
        EndHead("\r\n\r\n");
        return _body;
    }

    /// <summary>Sends the request that <see cref="Begin"/> began, and reads the reply.</summary>
    /// <param name="reader">Takes what is needed of a successful reply; null where its success is enough.</param>
    /// <returns>What became of it. Never throws for anything that the network or the server did.</returns>
    public ApiResult Send(IReplyReader reader)
    {
        if (!IsTooLarge)
        {
            WriteLength();
        }

        return Exchange(reader);
    }

    /// <summary>Reads an object.</summary>
    /// <param name="path">The path and query.</param>
    /// <param name="wholeObject">Whether more than its metadata is needed.</param>
    /// <param name="reader">Takes what is needed of it; null where its existence is enough.</param>
    /// <returns>What became of it. Never throws for anything that the network or the server did.</returns>
    public ApiResult Get(string path, bool wholeObject, IReplyReader reader)
    {
        WriteHead(Verb.Get, path, wholeObject ? MediaType.Json : AcceptMetadata);
        EndHead("\r\n");
        return Exchange(reader);
    }

    /// <summary>Watches: reads the events of a reply, a document a line, until the server ends it or the reader has enough.</summary>
    /// <param name="path">The path and query.</param>
    /// <param name="timeoutMilliseconds">The bound on the whole watch, and on each silence within it. The reply's head is bounded as every reply is.</param>
    /// <param name="reader">Takes the events.</param>
    /// <returns>What became of it: Ok where the server ended it. Never throws for anything that the network or the server did.</returns>
    public ApiResult Watch(string path, int timeoutMilliseconds, IWatchReader reader)
    {
        _watchReader = reader;
        _watchTimeout = timeoutMilliseconds;
        try
        {
            return Get(path, true, null);
        }
        finally
        {
            _watchReader = null;
        }
    }

    /// <summary>Lends the buffer of the requests' bodies, to write some other document between two requests.</summary>
    /// <returns>The writer, empty. It is good until the next request begins.</returns>
    public JsonWriter BorrowBody()
    {
        _body.Reset();
        return _body;
    }

    /// <summary>
    /// Lends the whole request buffer to whoever reads a reply: once a byte of the reply was read, the request is not sent again.
    /// </summary>
    /// <returns>The buffer, always the same. What a reader leaves there is good until the next request begins.</returns>
    public byte[] BorrowBuffer()
    {
        return _output.Buffer;
    }

    /// <summary>Closes the connection. The next request opens a new one.</summary>
    public void Close()
    {
        IOutboundConnection connection = _source.Connection;
        _source.Connection = null;
        if (connection == null)
        {
            return;
        }

        _http.Close();
        connection.Close();
    }

    private bool IsTooLarge => _headOverflowed || _output.Overflowed;

    private static string NameOf(ConnectPhase phase)
    {
        return phase switch
        {
            ConnectPhase.Resolve => "resolve: ",
            ConnectPhase.Connect => "connect: ",
            _ => "TLS handshake: ",
        };
    }

    private static ApiOutcome OutcomeOf(HttpError error)
    {
        return error switch
        {
            HttpError.Timeout => ApiOutcome.Timeout,
            HttpError.Truncated => ApiOutcome.Broken,
            _ => ApiOutcome.Garbled,
        };
    }

    private void WriteHead(string verb, string path, string accept)
    {
        _verb = verb;
        _output.Reset();
        _output.Write(verb);
        _output.WriteByte((byte)' ');
        _output.Write(path);
        _output.Write(" HTTP/1.1\r\n");
        _output.Write(_fixedHeaders, 0, _fixedHeaders.Length);
        _output.Write("Accept: ");
        _output.Write(accept);
        _output.Write("\r\n");
    }

    private void EndHead(string end)
    {
        _output.Write(end);
        _headLength = _output.Length;
        _headOverflowed = _output.Overflowed;
        _body.Reset(_headLength);
    }

    private void WriteLength()
    {
        int length = _output.Length;
        for (int at = _lengthEnd - 1; length > 0; at--)
        {
            _output.Buffer[at] = (byte)('0' + (length % 10));
            length /= 10;
        }
    }

    private ApiResult Exchange(IReplyReader reader)
    {
        if (IsTooLarge)
        {
            Statistics.Failures++;
            _result.Clear();
            return Fail(ApiOutcome.TooLarge, null);
        }

        if (_source.Connection != null && _source.Connection.HasArrived)
        {
            // Nothing was asked for: the end of the connection, or what would be taken for the reply to this request.
            Close();
        }

        _source.Deadline = _clock.Milliseconds + TimeoutMilliseconds;
        bool isReused = _source.Connection != null;
        if (!TryExchange(reader) && isReused && _result.Outcome == ApiOutcome.Broken && _http.BytesRead == _bytesBefore)
        {
            // The server may have closed a kept connection at any time since the last request, and lwIP tells only now. A silent
            // one is no such connection: it has used up the time.
            TryExchange(reader);
        }

        if (!_result.IsOk)
        {
            Statistics.Failures++;
        }

        return _result;
    }

    /// <returns>Whether there was a whole reply, be it an error.</returns>
    private bool TryExchange(IReplyReader reader)
    {
        _result.Clear();
        bool isWhole = false;
        try
        {
            Open();
            _source.Connection.SetDeadline(_source.Left);
            _bytesBefore = _http.BytesRead;
            int length = _headLength + _output.Length;
            _source.Connection.Write(_output.Buffer, 0, length);
            Statistics.Requests++;
            Statistics.BytesSent += length;
            ReadReply(reader);
            isWhole = true;
        }
        catch (ConnectException e)
        {
            Fail(ApiOutcome.Unreachable, NameOf(e.Phase) + e.Message);
        }
        catch (TimeoutException e)
        {
            Fail(ApiOutcome.Timeout, e.Message);
        }
        catch (HttpException e)
        {
            Fail(OutcomeOf(e.Error), !_endpoint.IsSecure && _http.NextByte == TlsAlert ? WantsHttps : e.Message);
        }
        catch (JsonException e)
        {
            Fail(ApiOutcome.Garbled, e.Message);
        }
        catch (OutOfMemoryException)
        {
            Close();
            throw;
        }
        catch (Exception e)
        {
            // Whether a socket timed out or broke, its exception does not tell reliably; the clock does.
            Fail(_clock.Milliseconds >= _source.Deadline ? ApiOutcome.Timeout : ApiOutcome.Broken, e.Message);
        }

        Statistics.Replies.Note(_verb, _result.StatusCode);
        Statistics.BytesReceived += _http.BytesRead - _bytesBefore;
        if (!isWhole || !_keepAlive)
        {
            Close();
        }

        return isWhole;
    }

    private void Open()
    {
        if (_source.Connection != null)
        {
            return;
        }

        _bytesBefore = 0;
        _http.Open(_source);
        _source.Connection = _connector.Connect(_endpoint.Host, _endpoint.Port, _endpoint.IsSecure, _source.Left);
        Statistics.Connections++;
    }

    private ApiResult Fail(ApiOutcome outcome, string message)
    {
        _result.Outcome = outcome;
        _result.Message = message;
        return _result;
    }

    private void ReadReply(IReplyReader reader)
    {
        int status;
        do
        {
            status = ReadHead();
        }
        while (status < 200);

        _result.StatusCode = status;
        Statistics.LastReply = _clock.Milliseconds;
        if (status == 204 || status == 304)
        {
            _http.BeginNoBody();
        }
        else
        {
            _http.BeginBody(true);
        }

        _json.Reset(_http);
        if (status >= 200 && status < 300)
        {
            if (!_isJson)
            {
                throw new HttpException(HttpError.Malformed, "not JSON; is this the API server?");
            }

            if (_watchReader != null)
            {
                ReadEvents();
            }
            else
            {
                reader?.Read(_json);
                _json.ReadToEnd();
                EndReply();
            }
        }
        else
        {
            _result.Outcome = OutcomeOf(status);
            ReadFailure(status);
        }
    }

    private void EndReply()
    {
        // What follows a whole reply unasked, a 408 before an idle connection is closed for instance, is not the next one.
        _keepAlive = _keepAlive && _http.Drain(MaxDrainBytes) && _http.IsAtEnd && !_http.HasUnread;
    }

    private void ReadEvents()
    {
        _source.Deadline = _clock.Milliseconds + _watchTimeout;
        _http.SetDeadline(_source.Deadline);
        bool wantsMore = true;
        while (wantsMore && _http.HasBody())
        {
            _line.Begin();
            _json.Reset(_line);
            wantsMore = _watchReader.Read(_json);
            _json.ReadToEnd();
        }

        if (wantsMore)
        {
            EndReply();
        }
        else
        {
            // What else the server may send, and when, nobody knows.
            _keepAlive = false;
        }
    }

    private int ReadHead()
    {
        _http.BeginMessage(MaxReplyHeadBytes, _source.Deadline);
        if (!_http.ReadStartLine())
        {
            throw new HttpException(HttpError.Truncated, "closed by the server");
        }

        int status = ParseStatus();
        bool isHttp11 = _http.LineByte(7) == '1';
        _isJson = false;
        while (_http.ReadHeader())
        {
            NoteHeader();
        }

        // Where a reply gives its body's length twice, what follows may be anything (RFC 9112 section 6.1).
        _keepAlive = (isHttp11 ? !_http.HasConnectionClose : _http.HasConnectionKeepAlive) && !(_http.IsChunked && _http.ContentLength >= 0);
        return status;
    }

    private int ParseStatus()
    {
        // HTTP/1.1 200 OK
        int status = 0;
        for (int i = 9; i < 12; i++)
        {
            int digit = _http.LineByte(i) - '0';
            if (digit < 0 || digit > 9)
            {
                throw new HttpException(HttpError.Malformed, "status line");
            }

            status = (status * 10) + digit;
        }

        if (!_http.LineStartsWith("http/1.") || _http.LineByte(8) != ' ' || status < 100)
        {
            throw new HttpException(HttpError.Malformed, "status line");
        }

        return status;
    }

    private void NoteHeader()
    {
        if (_http.NameIs("content-type"))
        {
            _isJson = _http.ValueStartsWith("application/json");
        }
        else if (_http.NameIs("content-encoding"))
        {
            if (!_http.ValueStartsWith("identity"))
            {
                throw new HttpException(HttpError.UnsupportedCoding, "compressed, which was not asked for; is there a proxy in between?");
            }
        }
        else if (_http.NameIs("retry-after"))
        {
            if (_http.TryGetValue(out long seconds))
            {
                SetRetryAfter(seconds);
            }
        }
        else if (WantsServerTime && _http.NameIs("date") && Timestamp.TryParseHttpDate(_http.GetValue(), out DateTime utc))
        {
            ServerTime = utc;
            ServerTimeRead = _clock.Milliseconds;
        }
    }

    private void SetRetryAfter(long seconds)
    {
        _result.RetryAfterMilliseconds = (int)(seconds > MaxRetryAfterSeconds ? MaxRetryAfterSeconds : seconds) * 1000;
    }

    private void ReadFailure(int status)
    {
        try
        {
            if (_isJson)
            {
                _status.Read(_json);
                _json.ReadToEnd();
            }
            else if (status == 400 && !_endpoint.IsSecure && NamesHttps())
            {
                _result.Message = WantsHttps;
            }

            EndReply();
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            // The status code says enough; what follows on this connection can not be relied on.
            _keepAlive = false;
        }

        if (_isJson)
        {
            NoteStatus(status);
        }
    }

    /// <returns>Whether the beginning of the body names HTTPS: what TLS servers answer where no TLS arrives.</returns>
    private bool NamesHttps()
    {
        byte[] buffer = BorrowBuffer();
        int length = 0;
        int read;
        while (length < MaxHintBytes && (read = _http.Read(buffer, length, MaxHintBytes - length)) > 0)
        {
            length += read;
        }

        for (int i = 0; i < length; i++)
        {
            if (AsciiText.StartsWithIgnoreCase(buffer, i, length - i, "https"))
            {
                return true;
            }
        }

        return false;
    }

    private void NoteStatus(int status)
    {
        _result.Reason = _status.Reason;
        _result.Message = _status.Message;
        if (_status.RetryAfterSeconds > 0 && _result.RetryAfterMilliseconds == 0)
        {
            SetRetryAfter(_status.RetryAfterSeconds);
            _result.Outcome = OutcomeOf(status);
        }

        if (status == 409)
        {
            _result.Outcome = _status.Reason == "AlreadyExists" ? ApiOutcome.AlreadyExists : ApiOutcome.Conflict;
        }
    }

    private ApiOutcome OutcomeOf(int status)
    {
        return status switch
        {
            401 => ApiOutcome.Unauthorized,
            403 => ApiOutcome.Forbidden,
            404 => ApiOutcome.NotFound,
            409 => ApiOutcome.Conflict,
            422 => ApiOutcome.Invalid,
            429 => ApiOutcome.TooManyRequests,
            503 => _result.RetryAfterMilliseconds > 0 ? ApiOutcome.TooManyRequests : ApiOutcome.ServerError,
            _ => status >= 500 ? ApiOutcome.ServerError : ApiOutcome.Rejected,
        };
    }
}
