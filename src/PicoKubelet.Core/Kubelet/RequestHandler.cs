using System;
using PicoKubelet.Hardware;
using PicoKubelet.Http;
using PicoKubelet.Logging;
using PicoKubelet.Text;

namespace PicoKubelet.Kubelet;

/// <summary>Serves one request at a time, whatever it holds, with buffers that live as long as the firmware.</summary>
internal sealed class RequestHandler : IRequestHandler
{
    /// <summary>How long the head, the body and the answer may each take, milliseconds.</summary>
    public const int StageTimeout = 5000;

    // How long an answer that came before the end of its request is given to arrive.
    private const int LingerTimeout = 500;
    private const int LingerBytes = 16 * 1024;
    private const int LogLineBytes = 200;

    private readonly Routes _routes;
    private readonly Authenticator _authenticator;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly HttpReader _http;
    private readonly RequestReader _reader;
    private readonly BodySource _body;
    private readonly KubeletRequest _request;
    private readonly KubeletAnswer _answer = new KubeletAnswer();
    private readonly Utf8Writer _line = new Utf8Writer(LogLineBytes);
    private readonly byte[] _scratch = new byte[64];
    private IClientConnection _connection;
    private int _route;
    private bool _isRead;

    public RequestHandler(Routes routes, Authenticator authenticator, IClock clock, Logger log)
    {
        _routes = routes;
        _authenticator = authenticator;
        _clock = clock;
        _log = log;
        _http = new HttpReader(RequestReader.MaxHeadBytes, clock);
        _reader = new RequestReader(_http, authenticator);
        _body = new BodySource(_http);
        _request = new KubeletRequest(_body);
    }

    /// <summary>Serves the request that comes over a connection. The caller closes the connection, also after an exception.</summary>
    public void Serve(IClientConnection connection)
    {
        long started = _clock.Milliseconds;
        _connection = connection;
        _route = _routes.Count;
        _isRead = false;
        _request.Clear();
        _answer.Open(connection);
        _http.Open(connection);
        try
        {
            Answer();
        }
        finally
        {
            _http.Close();
            _connection = null;
            if (_answer.Status != 0)
            {
                Account(connection, (int)(_clock.Milliseconds - started));
            }
        }
    }

    private void Answer()
    {
        try
        {
            if (!_reader.Read(_request, SetDeadline()))
            {
                return;
            }

            _answer.SetForm(_request.Method == Method.Head, _request.IsHttp11);
            Dispatch();
            _isRead = _isRead || _http.IsAtEnd;
        }
        catch (RequestException e)
        {
            Refuse(e.Status, e.Message);
        }
        catch (HttpException e)
        {
            Note(e.Error);
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

    /// <summary>Finds who answers. What anybody can cause at will is refused without an exception: it costs next to nothing.</summary>
    private void Dispatch()
    {
        if (_request.Method == null)
        {
            Refuse(HttpStatus.NotImplemented, "unknown method");
            return;
        }

        _route = _routes.Find(_request);
        if (_route == _routes.Count)
        {
            Refuse(HttpStatus.NotFound, "not found");
            return;
        }

        IEndpoint endpoint = _routes.EndpointOf(_route);
        if (!_routes.Allows(_route, _request.Method))
        {
            _answer.Allow = endpoint.Methods;
            Refuse(HttpStatus.MethodNotAllowed, "method not allowed");
            return;
        }

        int status = _authenticator.Decide(_routes.AccessOf(_route), _request.Credentials);
        if (status != HttpStatus.Ok)
        {
            _routes.Statistics.NoteAuthenticationFailure();
            Refuse(status, status == HttpStatus.Unauthorized ? "unauthorized" : "too many failed attempts");
            return;
        }

        BeginBody();
        if (_request.Method != Method.Post)
        {
            DrainBody();
        }

        SetDeadline();
        endpoint.Answer(_request, _answer);
    }

    private void BeginBody()
    {
        _body.Begin();
        if (_http.IsAtEnd)
        {
            return;
        }

        SetDeadline();
        if (_request.ExpectsContinue)
        {
            // Not a static array: on the device the static constructors run in an order of their own, and this one's encoder
            // may not be there yet.
            byte[] goOn = Utf8.Encoding.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");
            _connection.Write(goOn, 0, goOn.Length);
        }
    }

    private void DrainBody()
    {
        while (_body.Read(_scratch, 0, _scratch.Length) > 0)
        {
        }
    }

    private long SetDeadline()
    {
        long deadline = _clock.Milliseconds + StageTimeout;
        _connection.Deadline = deadline;
        _http.SetDeadline(deadline);
        return deadline;
    }

    private void Refuse(int status, string message)
    {
        if (!_answer.IsSent)
        {
            _connection.Deadline = _clock.Milliseconds + LingerTimeout;
            _answer.SetForm(_request.Method == Method.Head, _request.IsHttp11);
            _answer.Error(status, message);
        }
    }

    private void Note(HttpError error)
    {
        if (error == HttpError.Timeout)
        {
            _routes.Statistics.NoteTimedOut();
        }
        else if (error == HttpError.Displaced)
        {
            _routes.Statistics.NoteDisplaced();
        }

        // Nobody waits for such a client any longer.
        _isRead = error == HttpError.Timeout || error == HttpError.Displaced || error == HttpError.Truncated;
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

    /// <summary>
    /// Reads what still comes of a request that was answered before its end: closing with unread bytes resets the connection,
    /// and the client may never see the answer.
    /// </summary>
    private void Linger()
    {
        try
        {
            _connection.Deadline = _clock.Milliseconds + LingerTimeout;
            int left = LingerBytes;
            while (left > 0)
            {
                int read = _connection.Read(_scratch, 0, _scratch.Length);
                left = read > 0 ? left - read : 0;
            }
        }
        catch (HttpException)
        {
            // The answer had its time.
        }
    }

    private void Account(IClientConnection connection, int milliseconds)
    {
        int status = _answer.Status;
        _routes.Statistics.NoteRequest(_route, status);
        _routes.Statistics.NoteBusy(milliseconds);

        // Without a path it was no request yet: whoever opens connections and says nothing must not fill the log.
        LogLevel level = _request.Path.Length > 0 ? LogLevel.Info : LogLevel.Debug;
        if (level < _log.Level)
        {
            return;
        }

        _log.Begin(_line, level, "request");
        _line.Write(" method=");
        _line.Write(_request.Method ?? "unknown");
        _line.Write(" path=");
        WritePath();
        _line.Write(" client=");
        _line.Write(connection.Peer);
        _line.Write(" status=");
        _line.Write(status);
        _line.Write(" ms=");
        _line.Write(milliseconds);
        _log.Write(level, _line);
    }

    /// <summary>Writes the path without the query, which may hold what is nobody's business, and without what could forge a line.</summary>
    private void WritePath()
    {
        byte[] path = _request.Path.Buffer;
        for (int i = 0; i < _request.Path.Length; i++)
        {
            byte b = path[i];
            bool isPlain = b > ' ' && b < 0x7f && b != '"' && b != '=' && b != '\\';
            _line.WriteByte(isPlain ? b : (byte)'?');
        }
    }
}
