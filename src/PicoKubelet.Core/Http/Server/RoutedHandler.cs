using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Text;

namespace PicoKubelet.Http.Server;

/// <summary>Serves what a table of routes names, to those who may have it, and counts and logs each request.</summary>
public sealed class RoutedHandler : RequestHandler
{
    private const int MaxLoggedPath = 64;

    private readonly Routes _routes;
    private readonly Authenticator _authenticator;
    private readonly ServerStatistics _statistics;
    private readonly Logger _log;
    private readonly Utf8Writer _line;
    private readonly IReviewer _reviewer;
    private string _authorization;
    private int _route;

    /// <summary>Initializes the handler with its buffers.</summary>
    /// <param name="routes">What is served.</param>
    /// <param name="authenticator">Decides who may have it.</param>
    /// <param name="lineBytes">The bytes of the longest line of a request's head that is read whole, <see cref="Authenticator.LineBytes"/> at least.</param>
    /// <param name="maxBodyBytes">The bound on a request's body.</param>
    /// <param name="statistics">Where requests are counted.</param>
    /// <param name="clock">The clock of the deadlines.</param>
    /// <param name="log">The log.</param>
    /// <param name="reviewer">Decides about those whom the authenticator does not know; null where nobody does.</param>
    public RoutedHandler(
        Routes routes, Authenticator authenticator, int lineBytes, int maxBodyBytes, ServerStatistics statistics, IClock clock, Logger log, IReviewer reviewer = null)
        : base(clock, lineBytes, maxBodyBytes, new ServerAnswer(clock), log)
    {
        // The answer was sent when its line is written.
        _line = new Utf8Writer(Answer.Buffer);
        _reviewer = reviewer;
        _routes = routes;
        _authenticator = authenticator;
        _statistics = statistics;
        _log = log;
    }

    /// <inheritdoc/>
    public override void NoteHeader()
    {
        if (!Http.HasName("authorization"))
        {
            return;
        }

        if (Request.Credentials != Credentials.None)
        {
            throw new RequestException(HttpStatus.BadRequest, "two Authorization headers");
        }

        Request.Credentials = _authenticator.Check(Http);
        _authorization = _reviewer != null && Request.Credentials == Credentials.Wrong ? Http.GetValue() : null;
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _route = _routes.Count;
        _authorization = null;
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

        IEndpoint endpoint = _routes.MakeEndpoint(_route);
        if (!Routes.Allows(endpoint, Request.Method))
        {
            Answer.Allow = endpoint.Methods;
            Refuse(HttpStatus.MethodNotAllowed, "method not allowed");
            return;
        }

        int status = Decide(_routes.AccessOf(_route), Connection.IsTrusted ? Credentials.Right : Request.Credentials, out string refusal);
        if (status != HttpStatus.Ok)
        {
            _statistics.NoteAuthenticationFailure();
            Refuse(status, refusal);
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

    private int Decide(Access access, Credentials credentials, out string refusal)
    {
        refusal = null;
        int status = 0;
        if (_reviewer != null && access != Access.Open && credentials != Credentials.Right && (_authorization != null || Connection.Client != null))
        {
            status = _reviewer.Review(_authorization, Connection, Request, out refusal);
            _authorization = null;
        }

        if (status == 0)
        {
            status = _authenticator.Decide(access, credentials);
            refusal = status == HttpStatus.Unauthorized ? "unauthorized" : "too many wrong tokens";
        }

        return status;
    }

    /// <inheritdoc/>
    protected override void Note(HttpError error)
    {
        if (error == HttpError.Timeout)
        {
            _statistics.NoteTimedOut();
        }
        else if (error == HttpError.Displaced)
        {
            _statistics.NoteDisplaced();
        }
    }

    /// <inheritdoc/>
    protected override void Account(IClientConnection connection, int milliseconds)
    {
        int status = Answer.Status;
        _statistics.NoteRequest(_route, status);
        _statistics.NoteBusy(milliseconds);

        // Without a path it was no request yet: whoever opens connections and says nothing, or guesses, must not fill the log.
        LogLevel level = Request.PathLength > 0 && status != HttpStatus.TooManyRequests ? LogLevel.Info : LogLevel.Debug;
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
        for (int i = 0; i < Request.PathLength && i < MaxLoggedPath; i++)
        {
            byte b = Request.PathByte(i);
            bool isPlain = b > ' ' && b < 0x7f && b != '"' && b != '=' && b != '\\';
            _line.WriteByte(isPlain ? b : (byte)'?');
        }
    }
}
