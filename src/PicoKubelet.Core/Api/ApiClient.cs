using System;
using PicoKubelet.Hardware;
using PicoKubelet.Http;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Api;

/// <summary>
/// Talks to the API server: one connection that is kept alive, one request at a time, every buffer made once.
/// It belongs to one loop and is not safe for use by several threads.
/// </summary>
public sealed class ApiClient
{
    /// <summary>
    /// The bytes of the largest body of a request: a Node's whole status, some 2.1 KB, in which the message of a rejected
    /// configuration takes at most 768 more.
    /// </summary>
    public const int MaxBodyBytes = 3072;

    /// <summary>
    /// The silence of a watch, in milliseconds, after which its connection is taken for dead: an API server sends a bookmark about each
    /// minute (<c>defaultBookmarkFrequency</c> of its watch cache).
    /// </summary>
    public const int MaxSilence = 75 * 1000;

    // Lines of a reply's head that matter are far shorter; others are cut.
    private const int HttpBufferBytes = 256;

    private readonly ApiEndpoint _endpoint;
    private readonly IClock _clock;
    private readonly ApiConnection _connection;
    private readonly RequestWriter _request;
    private readonly ReplyHead _head;
    private readonly ReplyReader _reply;
    private ApiResult _lastSuccess = new ApiResult(ApiOutcome.Ok, 200, null, null, 0);
    private ApiResult _lastFailure = new ApiResult(ApiOutcome.TooLarge, 0, null, null, 0);
    private IWatchReader _events;
    private int _watchMilliseconds;

    /// <summary>Initializes the client; it connects with its first request.</summary>
    /// <param name="connector">Opens its connections.</param>
    /// <param name="endpoint">Where the API server is.</param>
    /// <param name="token">The bearer token, or null.</param>
    /// <param name="clock">The clock of its deadlines.</param>
    /// <param name="timeoutMilliseconds">The bound on a request from its first byte to the reply's last.</param>
    /// <param name="maxBodyBytes">The bytes of the largest body that will be sent; 0 for a client that only reads.</param>
    public ApiClient(IConnector connector, ApiEndpoint endpoint, string token, IClock clock, int timeoutMilliseconds, int maxBodyBytes = MaxBodyBytes)
    {
        _endpoint = endpoint;
        _clock = clock;
        TimeoutMilliseconds = timeoutMilliseconds;
        Date = new ServerDate(clock);
        HttpReader http = new HttpReader(HttpBufferBytes, clock);
        _connection = new ApiConnection(connector, endpoint, http, clock, Statistics);
        _request = new RequestWriter(endpoint, token, maxBodyBytes);
        _head = new ReplyHead(http, Date);
        _reply = new ReplyReader(_connection, _request, _head, clock, endpoint.IsSecure);
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

    /// <summary>Gets the time that the replies name.</summary>
    public ServerDate Date { get; }

    /// <summary>Has the token taken out of whatever the board tells, for as long as this client lives.</summary>
    /// <param name="secrets">What does so.</param>
    public void Conceal(SecretMask secrets)
    {
        _request.Conceal(secrets);
    }

    /// <summary>Begins a request with a body.</summary>
    /// <param name="verb">The method, of <see cref="Verb"/>.</param>
    /// <param name="path">The path and query.</param>
    /// <param name="mediaType">The body's type, of <see cref="MediaType"/>.</param>
    /// <param name="form">How much of the object the reply is to hold.</param>
    /// <returns>Where the body goes; <see cref="Send"/> follows.</returns>
    public JsonWriter Begin(string verb, string path, string mediaType, ReplyForm form = ReplyForm.Metadata)
    {
        _request.Begin(verb, path, mediaType, form);
        return _request.Body;
    }

    /// <summary>Sends the request that <see cref="Begin"/> began, and reads the reply.</summary>
    /// <param name="reader">Takes what is needed of a successful reply; null where its success is enough.</param>
    /// <returns>What became of it. Never throws for anything that the network or the server did.</returns>
    public ApiResult Send(IReplyReader reader)
    {
        _request.End();
        return Exchange(reader);
    }

    /// <summary>Reads an object.</summary>
    /// <param name="path">The path and query.</param>
    /// <param name="form">How much of it the reply is to hold.</param>
    /// <param name="reader">Takes what is needed of it; null where its existence is enough.</param>
    /// <returns>What became of it. Never throws for anything that the network or the server did.</returns>
    public ApiResult Get(string path, ReplyForm form, IReplyReader reader)
    {
        _request.Write(Verb.Get, path, form);
        return Exchange(reader);
    }

    /// <summary>Watches: reads the events of a reply, a document a line, until the server ends it or the reader has enough.</summary>
    /// <param name="path">The path and query.</param>
    /// <param name="timeoutMilliseconds">The bound on the whole watch. Silence within it is bounded by <see cref="MaxSilence"/>, the reply's head as every reply's is.</param>
    /// <param name="reader">Takes the events.</param>
    /// <param name="form">How much of each object an event is to hold.</param>
    /// <returns>What became of it: Ok where the server ended it. Never throws for anything that the network or the server did.</returns>
    public ApiResult Watch(string path, int timeoutMilliseconds, IWatchReader reader, ReplyForm form = ReplyForm.Whole)
    {
        _events = reader;
        _watchMilliseconds = timeoutMilliseconds;
        try
        {
            _request.Write(Verb.Get, path, form);
            return Exchange(null);
        }
        finally
        {
            _events = null;
        }
    }

    /// <summary>Lends the buffer of the requests' bodies, to write some other document between two requests.</summary>
    /// <returns>The writer, empty. It is good until the next request begins.</returns>
    public JsonWriter BorrowBody()
    {
        _request.Body.Reset();
        return _request.Body;
    }

    /// <summary>
    /// Lends the whole request buffer to whoever reads a reply: once a byte of the reply was read, the request is not sent again.
    /// </summary>
    /// <returns>The buffer, always the same. What a reader leaves there is good until the next request begins.</returns>
    public byte[] BorrowBuffer()
    {
        return _request.Buffer;
    }

    /// <summary>Closes the connection. The next request opens a new one.</summary>
    public void Close()
    {
        _connection.Close();
    }

    private ApiResult Exchange(IReplyReader reader)
    {
        ApiResult result;
        if (_request.IsTooLarge)
        {
            _reply.Clear();
            result = Conclude(ApiOutcome.TooLarge, null);
        }
        else
        {
            _connection.CloseIfSpoilt();
            _connection.Deadline = _clock.Milliseconds + TimeoutMilliseconds;
            bool isReused = _connection.IsOpen;
            result = TryExchange(reader);
            if (isReused && result.Outcome == ApiOutcome.Broken && _connection.ReplyBytes == 0)
            {
                // The server may have closed a kept connection at any time since the last request, and lwIP tells only now. A silent
                // one is no such connection: it has used up the time.
                result = TryExchange(reader);
            }
        }

        Statistics.Failures += result.IsOk ? 0 : 1;
        return result;
    }

    private ApiResult TryExchange(IReplyReader reader)
    {
        ApiOutcome outcome;
        string message;
        _reply.Clear();
        try
        {
            _connection.Send(_request.Buffer, _request.Length);
            _head.Read(_connection.Deadline);
            Statistics.LastReply = _clock.Milliseconds;
            _reply.Read(reader, _events, _watchMilliseconds);
            outcome = _reply.Outcome;
            message = _reply.Message;
        }
        catch (ConnectException e)
        {
            outcome = ApiOutcome.Unreachable;
            message = e.Describe();
        }
        catch (TimeoutException e)
        {
            outcome = ApiOutcome.Timeout;
            message = e.Message;
        }
        catch (HttpException e)
        {
            outcome = ApiOutcomes.Of(e.Error);
            message = _reply.Describe(e);
        }
        catch (JsonException e)
        {
            outcome = ApiOutcome.Garbled;
            message = e.Message;
        }
        catch (OutOfMemoryException)
        {
            Close();
            throw;
        }
        catch (Exception e)
        {
            // Whether a socket timed out or broke, its exception does not tell reliably; the clock does.
            outcome = _connection.IsLate ? ApiOutcome.Timeout : ApiOutcome.Broken;
            message = e.Message;
        }

        Statistics.Replies.Note(_request.Verb, _head.StatusCode);
        Statistics.BytesReceived += _connection.ReplyBytes;
        if (!_reply.KeepsAlive)
        {
            Close();
        }

        return Conclude(outcome, message);
    }

    /// <summary>Makes the result, unless it is the same as the last one of its kind: heartbeats make none.</summary>
    private ApiResult Conclude(ApiOutcome outcome, string message)
    {
        bool isOk = outcome == ApiOutcome.Ok;
        ApiResult last = isOk ? _lastSuccess : _lastFailure;
        int wait = _head.RetryAfterMilliseconds;
        if (last.Is(outcome, _head.StatusCode, _reply.Reason, message, wait))
        {
            return last;
        }

        ApiResult result = new ApiResult(outcome, _head.StatusCode, _reply.Reason, message, wait);
        if (isOk)
        {
            _lastSuccess = result;
        }
        else
        {
            _lastFailure = result;
        }

        return result;
    }
}
