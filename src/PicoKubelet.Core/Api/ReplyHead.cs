using PicoKubelet.Http;
using PicoKubelet.Time;

namespace PicoKubelet.Api;

/// <summary>Reads the head of a reply: the status, and the headers that matter to the client.</summary>
internal sealed class ReplyHead
{
    private const int MaxHeadBytes = 8192;

    // The longest wait that a server may impose; a larger Retry-After is taken for this.
    private const int MaxRetryAfterSeconds = 300;

    private readonly HttpReader _http;
    private readonly ServerDate _date;

    public ReplyHead(HttpReader http, ServerDate date)
    {
        _http = http;
        _date = date;
    }

    /// <summary>Gets the status code, or 0 before it was read.</summary>
    public int StatusCode { get; private set; }

    /// <summary>Gets whether the body is JSON.</summary>
    public bool IsJson { get; private set; }

    /// <summary>Gets whether the body is Kubernetes' protobuf.</summary>
    public bool IsProtobuf { get; private set; }

    /// <summary>Gets whether the connection may be used for another request once the reply was read to its end.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>Gets how long the server asks to wait, in milliseconds, or 0.</summary>
    public int RetryAfterMilliseconds { get; private set; }

    /// <summary>Begins with nothing read.</summary>
    public void Clear()
    {
        StatusCode = 0;
        RetryAfterMilliseconds = 0;
    }

    /// <summary>Reads the head of the reply, past those of interim ones (1xx).</summary>
    /// <param name="deadline">When the reply has to be whole, in the clock's milliseconds.</param>
    /// <exception cref="HttpException">It can not be read.</exception>
    public void Read(long deadline)
    {
        int status;
        do
        {
            status = ReadOne(deadline);
        }
        while (status < 200);
        StatusCode = status;
    }

    /// <summary>Takes the server's wish to wait.</summary>
    public void SetRetryAfter(long seconds)
    {
        RetryAfterMilliseconds = (int)(seconds > MaxRetryAfterSeconds ? MaxRetryAfterSeconds : seconds) * 1000;
    }

    private int ReadOne(long deadline)
    {
        _http.BeginMessage(MaxHeadBytes, deadline);
        int status = _http.ReadStatus();
        bool isHttp11 = _http.IsHttp11;
        IsJson = false;
        IsProtobuf = false;
        while (_http.ReadHeader())
        {
            NoteHeader();
        }

        // Where a reply gives its body's length twice, what follows may be anything (RFC 9112 section 6.1).
        KeepsAlive = (isHttp11 ? !_http.HasConnectionClose : _http.HasConnectionKeepAlive) && !(_http.IsChunked && _http.ContentLength >= 0);
        return status;
    }

    private void NoteHeader()
    {
        if (_http.NameIs("content-type"))
        {
            IsJson = _http.ValueStartsWith(MediaType.Json);
            IsProtobuf = _http.ValueStartsWith(MediaType.Protobuf);
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
        else if (_date.IsWanted && _http.NameIs("date"))
        {
            _date.Take(_http.GetValue());
        }
    }
}
