using PicoKubelet.Hardware;
using PicoKubelet.Http;
using PicoKubelet.Logging;
using PicoKubelet.Text;

namespace PicoKubelet.Kubelet;

/// <summary>Serves the kubelet's port.</summary>
internal sealed class RequestHandler : HttpHandler
{
    // Room for a command of POST /pico/command.
    private const int MaxBodyBytes = 1024;
    private const int LogLineBytes = 200;

    private readonly Routes _routes;
    private readonly Authenticator _authenticator;
    private readonly Logger _log;
    private readonly Utf8Writer _line = new Utf8Writer(LogLineBytes);
    private int _route;

    public RequestHandler(Routes routes, Authenticator authenticator, IClock clock, Logger log)
        : base(clock, authenticator, MaxBodyBytes, new KubeletAnswer(), log)
    {
        _routes = routes;
        _authenticator = authenticator;
        _log = log;
    }

    protected override void Begin()
    {
        _route = _routes.Count;
    }

    /// <summary>Finds who answers. What anybody can cause at will is refused without an exception: it costs next to nothing.</summary>
    protected override void Dispatch()
    {
        if (Request.Method == null)
        {
            Refuse(HttpStatus.NotImplemented, "unknown method");
            return;
        }

        _route = _routes.Find(Request);
        if (_route == _routes.Count)
        {
            Refuse(HttpStatus.NotFound, "not found");
            return;
        }

        IEndpoint endpoint = _routes.EndpointOf(_route);
        if (!_routes.Allows(_route, Request.Method))
        {
            Answer.Allow = endpoint.Methods;
            Refuse(HttpStatus.MethodNotAllowed, "method not allowed");
            return;
        }

        int status = _authenticator.Decide(_routes.AccessOf(_route), Request.Credentials);
        if (status != HttpStatus.Ok)
        {
            _routes.Statistics.NoteAuthenticationFailure();
            Refuse(status, status == HttpStatus.Unauthorized ? "unauthorized" : "too many wrong tokens");
            return;
        }

        BeginBody();
        if (Request.Method != Method.Post)
        {
            DrainBody();
        }

        SetDeadline();
        endpoint.Answer(Request, Answer);
    }

    protected override void Note(HttpError error)
    {
        if (error == HttpError.Timeout)
        {
            _routes.Statistics.NoteTimedOut();
        }
        else if (error == HttpError.Displaced)
        {
            _routes.Statistics.NoteDisplaced();
        }
    }

    protected override void Account(IClientConnection connection, int milliseconds)
    {
        int status = Answer.Status;
        _routes.Statistics.NoteRequest(_route, status);
        _routes.Statistics.NoteBusy(milliseconds);

        // Without a path it was no request yet: whoever opens connections and says nothing, or guesses, must not fill the log.
        LogLevel level = Request.Path.Length > 0 && status != HttpStatus.TooManyRequests ? LogLevel.Info : LogLevel.Debug;
        if (level < _log.Level)
        {
            return;
        }

        _log.Begin(_line, level, "request");
        _line.Write(" method=");
        _line.Write(Request.Method ?? "unknown");
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
        byte[] path = Request.Path.Buffer;
        for (int i = 0; i < Request.Path.Length; i++)
        {
            byte b = path[i];
            bool isPlain = b > ' ' && b < 0x7f && b != '"' && b != '=' && b != '\\';
            _line.WriteByte(isPlain ? b : (byte)'?');
        }
    }
}
