using System;
using PicoKubelet.Hardware;
using PicoKubelet.Http;
using PicoKubelet.Json;
using PicoKubelet.Text;

namespace PicoKubelet.Api;

/// <summary>Reads replies while they stream by: what is wanted of a success, the events of a watch, the explanation of a failure.</summary>
internal sealed class ReplyReader
{
    private const int JsonBlockBytes = 64;
    private const int JsonTokenBytes = 512;

    // Past this, closing the connection costs less than reading the rest of a reply that nobody wants.
    private const int MaxDrainBytes = 4096;

    // The first byte of the record with which a TLS server answers what is no TLS.
    private const byte TlsAlert = 0x15;
    private const string WantsHttps = "the server speaks HTTPS; apiServer must begin with https://";

    // Enough for nginx's page, which says it in its title, and for a Status in protobuf; no request's buffer is smaller.
    private const int MaxBufferedBytes = 800;

    private readonly HttpReader _http;
    private readonly ReplyHead _head;
    private readonly IClock _clock;
    private readonly ApiConnection _connection;
    private readonly RequestWriter _request;
    private readonly bool _isSecure;
    private readonly JsonReader _json = new JsonReader(JsonBlockBytes, JsonTokenBytes);
    private readonly StatusReader _status = new StatusReader();
    private readonly ProtobufCursor _fields = new ProtobufCursor();
    private readonly BodyLine _line;

    public ReplyReader(ApiConnection connection, RequestWriter request, ReplyHead head, IClock clock, bool isSecure)
    {
        _connection = connection;
        _http = connection.Http;
        _request = request;
        _head = head;
        _clock = clock;
        _isSecure = isSecure;
        _line = new BodyLine(_http);
    }

    /// <summary>Gets what the reply means.</summary>
    public ApiOutcome Outcome { get; private set; }

    /// <summary>Gets the reason that a failure gives, or null.</summary>
    public string Reason { get; private set; }

    /// <summary>Gets the message that a failure gives, or null.</summary>
    public string Message { get; private set; }

    /// <summary>Gets whether the reply was read to its end and another request may follow.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>Begins with nothing read.</summary>
    public void Clear()
    {
        Outcome = ApiOutcome.Ok;
        Reason = null;
        Message = null;
        KeepsAlive = false;
        _head.Clear();
    }

    /// <summary>Reads a reply.</summary>
    /// <param name="reader">Takes what is needed of a success, or null.</param>
    /// <param name="events">Takes the events of a watch; null where it is none.</param>
    /// <param name="watchMilliseconds">The bound on a watch.</param>
    public void Read(IReplyReader reader, IWatchReader events, int watchMilliseconds)
    {
        int status = _head.StatusCode;
        if (status == 204 || status == 304)
        {
            _http.BeginNoBody();
        }
        else
        {
            _http.BeginBody(true);
        }

        _json.Reset(_http);
        if (status < 200 || status >= 300)
        {
            ReadFailure(status);
            return;
        }

        if (_head.IsProtobuf && (_request.IgnoresReply || reader is ObjectVersion))
        {
            // Read rather than drained, which does not mind a body that is cut off.
            bool isObject = _fields.Begin(_request.Buffer, FillBuffer());
            if (reader is ObjectVersion version)
            {
                if (!isObject)
                {
                    throw new HttpException(HttpError.Malformed, "no object in protobuf");
                }

                version.Read(_fields);
            }

            End();
        }
        else if (!_head.IsJson)
        {
            throw new HttpException(HttpError.Malformed, "not JSON; is this the API server?");
        }
        else if (events != null)
        {
            ReadEvents(events, watchMilliseconds);
        }
        else
        {
            reader?.Read(_json);
            _json.ReadToEnd();
            End();
        }
    }

    /// <summary>Tells what is wrong with a reply that can not be read.</summary>
    public string Describe(HttpException e)
    {
        return !_isSecure && _http.NextByte == TlsAlert ? WantsHttps : e.Message;
    }

    private void End()
    {
        // What follows a whole reply unasked, a 408 before an idle connection is closed for instance, is not the next one.
        KeepsAlive = _head.KeepsAlive && _http.Drain(MaxDrainBytes) && _http.IsAtEnd && !_http.HasUnread;
    }

    private void ReadEvents(IWatchReader events, int milliseconds)
    {
        long end = _clock.Milliseconds + milliseconds;
        bool wantsMore = true;
        while (wantsMore)
        {
            long silentAt = _clock.Milliseconds + ApiClient.MaxSilence;
            _connection.Deadline = silentAt < end ? silentAt : end;
            _http.SetDeadline(_connection.Deadline);
            if (!_http.HasBody())
            {
                break;
            }

            _line.Begin();
            _json.Reset(_line);
            wantsMore = events.Read(_json);
            _json.ReadToEnd();
        }

        if (wantsMore)
        {
            // Otherwise nobody knows what else the server may send, and when.
            End();
        }
    }

    private void ReadFailure(int status)
    {
        try
        {
            if (_head.IsJson)
            {
                _status.Read(_json);
                _json.ReadToEnd();
            }
            else if (_head.IsProtobuf)
            {
                _fields.Begin(_request.Buffer, FillBuffer());
                _status.Read(_fields);
            }
            else if (status == 400 && !_isSecure && NamesHttps())
            {
                Message = WantsHttps;
            }

            End();
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            // The status code says enough; what follows on this connection can not be relied on.
            KeepsAlive = false;
        }

        if (_head.IsJson || _head.IsProtobuf)
        {
            Reason = _status.Reason;
            Message = _status.Message;
            if (_status.RetryAfterSeconds > 0 && _head.RetryAfterMilliseconds == 0)
            {
                _head.SetRetryAfter(_status.RetryAfterSeconds);
            }
        }

        Outcome = ApiOutcomes.Of(status, _head.RetryAfterMilliseconds > 0, Reason);
    }

    /// <returns>Whether the beginning of the body names HTTPS: what TLS servers answer where no TLS arrives.</returns>
    private bool NamesHttps()
    {
        byte[] buffer = _request.Buffer;
        int length = FillBuffer();
        for (int i = 0; i < length; i++)
        {
            if (AsciiText.StartsWithIgnoreCase(buffer, i, length - i, "https"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the beginning of the body into the request's buffer, which is not needed any more.</summary>
    /// <returns>How many bytes.</returns>
    private int FillBuffer()
    {
        byte[] buffer = _request.Buffer;
        int length = 0;
        int read;
        while (length < MaxBufferedBytes && (read = _http.Read(buffer, length, MaxBufferedBytes - length)) > 0)
        {
            length += read;
        }

        return length;
    }
}
