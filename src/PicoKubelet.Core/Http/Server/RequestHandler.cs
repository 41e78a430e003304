using System;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Text;

namespace PicoKubelet.Http.Server;

/// <summary>
/// Serves one request at a time, whatever it holds, with buffers that live as long as the handler: what every server of this
/// board does with a connection. What is served is decided in <see cref="Dispatch"/>.
/// </summary>
public abstract class RequestHandler : IRequestHandler
{
    /// <summary>How long the head, the body and the answer may each take, milliseconds.</summary>
    public const int StageTimeout = 5000;

    /// <summary>The bound on the request line and the headers together, bytes.</summary>
    public const int MaxHeadBytes = 2048;

    // How long an answer that came before the end of its request is given to arrive.
    private const int LingerTimeout = 500;
    private const int LingerBytes = 16 * 1024;

    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly RequestReader _reader;
    private readonly BodySource _body;
    private IClientConnection _connection;
    private bool _isRead;

    /// <summary>Initializes the handler with its buffers.</summary>
    /// <param name="clock">The clock of the deadlines.</param>
    /// <param name="lineBytes">The bytes of the longest line of the head that is read whole.</param>
    /// <param name="maxBodyBytes">The bound on a request's body.</param>
    /// <param name="answer">Where answers go.</param>
    /// <param name="log">The log.</param>
    protected RequestHandler(IClock clock, int lineBytes, int maxBodyBytes, ServerAnswer answer, Logger log)
    {
        _log = log;
        _clock = clock;
        Http = new HttpReader(lineBytes, clock);
        _reader = new RequestReader(Http, this);
        _body = new BodySource(Http, maxBodyBytes);
        Request = new ServerRequest(_body);
        Answer = answer;
    }

    /// <summary>Gets the reader of the request.</summary>
    protected HttpReader Http { get; }

    /// <summary>Gets what is kept of the request.</summary>
    protected ServerRequest Request { get; }

    /// <summary>Gets where the answer goes.</summary>
    protected ServerAnswer Answer { get; }

    /// <summary>Gets the client's connection.</summary>
    protected IClientConnection Connection => _connection;

    /// <inheritdoc/>
    public void Serve(IClientConnection connection)
    {
        long started = _clock.Milliseconds;
        _connection = connection;
        _isRead = false;
        Request.Clear();
        Answer.Open(connection);
        Http.Open(connection);
        Begin();
        try
        {
            ServeOne();
        }
        finally
        {
            Http.Close();
            _connection = null;
            if (Answer.Status != 0)
            {
                Account(connection, (int)(_clock.Milliseconds - started));
            }
        }
    }

    /// <summary>Looks at a header of the request, which the reader holds.</summary>
    /// <exception cref="RequestException">It is not as it must be.</exception>
    public virtual void NoteHeader()
    {
    }

    /// <summary>Forgets the request before.</summary>
    protected abstract void Begin();

    /// <summary>Answers the request whose head was read.</summary>
    protected abstract void Dispatch();

    /// <summary>Takes note of a request that could not be read.</summary>
    /// <param name="error">What was wrong.</param>
    protected virtual void Note(HttpError error)
    {
    }

    /// <summary>Takes note of a request that was answered.</summary>
    /// <param name="connection">Whose it was.</param>
    /// <param name="milliseconds">How long it took.</param>
    protected abstract void Account(IClientConnection connection, int milliseconds);

    /// <summary>Begins to read the body.</summary>
    protected void BeginBody()
    {
        _body.Begin();
        if (Http.IsAtEnd)
        {
            return;
        }

        SetDeadline();
        if (Request.ExpectsContinue)
        {
            // Not a static array: on the device the static constructors run in an order of their own, and this one's encoder
            // may not be there yet.
            byte[] goOn = Utf8.Encoding.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");
            _connection.Write(goOn, 0, goOn.Length);
        }
    }

    /// <summary>Reads the body and forgets it.</summary>
    protected void DrainBody()
    {
        while (_body.Read(Answer.Buffer, 0, Answer.Buffer.Length) > 0)
        {
        }
    }

    /// <summary>Gives the next stage its time.</summary>
    /// <returns>When it must be done.</returns>
    protected long SetDeadline()
    {
        long deadline = _clock.Milliseconds + StageTimeout;
        _connection.Deadline = deadline;
        Http.SetDeadline(deadline);
        return deadline;
    }

    /// <summary>Answers with an error, unless an answer is under way.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="message">What is wrong; secrets are taken out.</param>
    protected void Refuse(int status, string message)
    {
        if (!Answer.IsSent)
        {
            _connection.Deadline = _clock.Milliseconds + LingerTimeout;
            Answer.SetForm(Request.Method == Method.Head, Request.IsHttp11);
            Answer.Error(status, _log.Secrets.Mask(message));
        }
    }

    private static int StatusOf(HttpError error)
    {
        return error switch
        {
            HttpError.Timeout => HttpStatus.RequestTimeout,
            HttpError.Displaced => HttpStatus.Unavailable,
            HttpError.HeadTooLarge => HttpStatus.HeadersTooLarge,
            HttpError.BodyTooLarge => HttpStatus.ContentTooLarge,
            HttpError.UnsupportedCoding => HttpStatus.NotImplemented,
            _ => HttpStatus.BadRequest,
        };
    }

    private void ServeOne()
    {
        try
        {
            if (!_reader.Read(Request, SetDeadline()))
            {
                return;
            }

            Answer.SetForm(Request.Method == Method.Head, Request.IsHttp11);

            // So that a request that is refused before its body is read is known to have one: a connection that is closed with
            // bytes left in it is reset, and the answer may be lost.
            Http.BeginBody(false);
            Dispatch();
            _isRead = Http.IsAtEnd && !Http.HasUnread;
        }
        catch (RequestException e)
        {
            Refuse(e.Status, e.Message);
        }
        catch (HttpException e)
        {
            Note(e.Error);

            // There is nothing more to come, or nobody left.
            _isRead = e.Error == HttpError.Truncated;
            Refuse(StatusOf(e.Error), e.Message);
        }
        catch (InvalidOperationException e)
        {
            Refuse(HttpStatus.InternalError, e.Message);
        }

        if (!_isRead)
        {
            Linger();
        }
    }

    /// <summary>
    /// Reads what still comes of a request that was answered before its end, or behind it: closing with unread bytes resets the
    /// connection, and the client may never see the answer.
    /// </summary>
    private void Linger()
    {
        try
        {
            _connection.Deadline = _clock.Milliseconds + LingerTimeout;
            int left = LingerBytes;
            while (left > 0)
            {
                int read = _connection.Read(Answer.Buffer, 0, Answer.Buffer.Length);
                left = read > 0 ? left - read : 0;
            }
        }
        catch (HttpException)
        {
            // The answer had its time.
        }
    }
}
