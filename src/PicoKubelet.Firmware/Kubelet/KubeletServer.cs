using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;
using PicoKubelet.Kubelet.Commands;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;

namespace PicoKubelet.Kubelet;

/// <summary>The kubelet's port: its routes, who may use them, and what serves them.</summary>
public sealed class KubeletServer : IHandlerFactory
{
    // Room for a command of POST /pico/command.
    private const int MaxBodyBytes = 1024;

    // Pairs of a route and a status code that are counted each on its own.
    private const int MaxPairs = 48;

    private readonly DeviceSettings _settings;
    private readonly Logger _log;
    private readonly IClock _clock;
    private readonly CommandRunner _commands;
    private readonly Routes _routes;
    private readonly KubeletAuthenticator _authenticator;
    private readonly HttpServer _server;
    private IReviewer _reviewer;
    private bool _hasTls;

    /// <summary>Initializes the server; nothing listens yet.</summary>
    /// <param name="parts">What the endpoints answer from.</param>
    /// <param name="log">The log.</param>
    public KubeletServer(KubeletParts parts, Logger log)
    {
        _settings = parts.Settings;
        _log = log;
        _clock = parts.Platform.Clock;
        _commands = new CommandRunner(parts.Outputs, parts.Reload, parts.Rebooter, _clock, log);
        _authenticator = new KubeletAuthenticator(parts.Settings.KubeletToken, _clock, parts.InForce);
        _authenticator.Conceal(log.Secrets);
        parts.Settings.KubeletIdentity?.Conceal(log.Secrets);
        _routes = new KubeletRoutes(parts, Statistics, _commands, log);
        Listener listener = new Listener("kubelet", parts.State, parts.Settings.KubeletPort, parts.Profile.KubeletBacklog, parts.Platform.Sockets, _clock, log);
        int connections = parts.Profile.ConnectionsInService(parts.Settings.ConfigMapWatch || parts.Pods != null, parts.Platform.Board.GetFreeHeap());
        TlsDoor door = MakeDoor(parts.Platform.Sockets, parts.Node.Name);
        _server = new HttpServer(listener, connections, this, Statistics, _clock, door);
    }

    /// <summary>Gets what was served.</summary>
    public ServerStatistics Statistics { get; } = new ServerStatistics(MaxPairs);

    /// <summary>Starts to serve, as soon as the board has an address.</summary>
    public void Start()
    {
        if (!_settings.HasKubeletToken)
        {
            _log.Warn(_settings.KubeletAnonymousRead
                ? "no kubelet.token: everybody may read the kubelet's port, and nobody may command"
                : "no kubelet.token: the kubelet's port serves /healthz, /livez and /readyz alone");
        }
        else if (_settings.KubeletAnonymousRead)
        {
            _log.Warn("kubelet.anonymousRead: everybody may read the kubelet's port");
        }

        if (_authenticator.HasShortToken)
        {
            _log.Warn("kubelet.token is short enough to be guessed: at least " + Authenticator.ShortToken.ToString() + " characters, by chance");
        }

        if (_settings.KubeletIdentity != null && !_hasTls)
        {
            _log.Warn("kubelet.certificate: this board serves plain HTTP all the same; in TLS whoever connects and is silent would stop it. A gateway can: docs/security.md");
        }

        _server.Start();
    }

    /// <summary>Has the port's threads watched over, once they run.</summary>
    /// <param name="supervisor">What watches.</param>
    public void WatchBy(Supervisor supervisor)
    {
        _server.WatchBy(supervisor);
        supervisor.Watch(_commands);
    }

    /// <summary>Stops to serve, after the requests under way. For the PC.</summary>
    public void Stop()
    {
        _commands.Stop();
        _server.Stop();
    }

    /// <summary>Makes what serves a connection. For tests and measurements, which bring their own connections, too.</summary>
    /// <returns>The handler, with buffers of its own.</returns>
    public IRequestHandler CreateHandler()
    {
        return new RoutedHandler(_routes, _authenticator, _reviewer == null ? _authenticator.LineBytes : RequestHandler.MaxHeadBytes, MaxBodyBytes, Statistics, _clock, _log, _reviewer);
    }

    private TlsDoor MakeDoor(ISocketLayer sockets, string nodeName)
    {
        IServerTls tls = _settings.KubeletIdentity == null ? null : sockets.ServeTls(_settings.KubeletIdentity, _settings.KubeletClientCa, _settings.KubeletClientName);
        _hasTls = tls != null;

        // What speaks TLS within a bound has room to ask the cluster too.
        _reviewer = tls as IReviewer;
        _reviewer?.Begin(_settings, nodeName, _log);
        return _hasTls ? new TlsDoor(tls, Statistics, _clock, _log) : null;
    }
}
