using System;
using System.Net.Sockets;
using System.Threading;
using PicoKubelet.Logging;

namespace PicoKubelet.Kubelet;

/// <summary>
/// The kubelet's port: as many threads as the board's profile allows, each of which takes a connection, serves it and closes it.
/// A thread has buffers of its own that live as long as it does; see docs/memory.md for the sum.
/// </summary>
public sealed class KubeletServer
{
    private const int StopTimeout = 10 * 1000;

    private readonly NodeContext _context;
    private readonly Logger _log;
    private readonly CommandRunner _commands;
    private readonly Routes _routes;
    private readonly Authenticator _authenticator;
    private readonly Listener _listener;
    private readonly Thread[] _threads;

    /// <summary>Initializes the server; nothing listens yet.</summary>
    /// <param name="context">What the endpoints answer from.</param>
    /// <param name="log">The log.</param>
    public KubeletServer(NodeContext context, Logger log)
    {
        _context = context;
        _log = log;
        _commands = new CommandRunner(context, log);
        _routes = new Routes(context, _commands);
        _authenticator = new Authenticator(context.Settings.KubeletToken, context.Settings.KubeletAnonymousRead, context.Platform.Clock, context.InForce);
        _authenticator.Conceal(log.Secrets);
        context.Secrets = log.Secrets;
        _listener = new Listener(context.Platform.Sockets, context.State, context.Settings.KubeletPort, context.Profile.KubeletBacklog, log);
        _threads = new Thread[context.Profile.ConnectionsInService(context.Settings.ConfigMapWatch)];
    }

    /// <summary>Gets what was served.</summary>
    public KubeletStatistics Statistics => _routes.Statistics;

    /// <summary>Starts to serve, as soon as the board has an address.</summary>
    public void Start()
    {
        if (!_context.Settings.HasKubeletToken)
        {
            _log.Warn(_context.Settings.KubeletAnonymousRead
                ? "no kubelet.token: everybody may read the kubelet's port, and nobody may command"
                : "no kubelet.token: the kubelet's port serves /healthz, /livez and /readyz alone");
        }
        else if (_context.Settings.KubeletAnonymousRead)
        {
            _log.Warn("kubelet.anonymousRead: everybody may read the kubelet's port");
        }

        if (_authenticator.HasShortToken)
        {
            _log.Warn("kubelet.token is short enough to be guessed: at least " + Authenticator.ShortToken.ToString() + " characters, by chance");
        }

        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Run);
            _threads[i].Start();
        }
    }

    /// <summary>Stops to serve, after the requests under way. For the PC.</summary>
    public void Stop()
    {
        _listener.Stop();
        _commands.Stop();
        foreach (Thread thread in _threads)
        {
            if (thread != null)
            {
                thread.Join(StopTimeout);
            }
        }
    }

    /// <summary>Makes what serves a connection. For tests and measurements, which bring their own connections.</summary>
    /// <returns>The handler, with buffers of its own.</returns>
    public IRequestHandler CreateHandler()
    {
        return new RequestHandler(_routes, _authenticator, _context.Platform.Clock, _log);
    }

    private void Run()
    {
        RequestHandler handler = new RequestHandler(_routes, _authenticator, _context.Platform.Clock, _log);
        ClientConnection connection = new ClientConnection(_listener, _context.Platform.Clock);
        while (!_listener.IsStopping)
        {
            try
            {
                Serve(handler, connection);
            }
            catch (Exception)
            {
                // A client that went away, or no memory for it. The next one may fare better; the counter tells.
                _routes.Statistics.NoteFailed();
            }
        }
    }

    private void Serve(RequestHandler handler, ClientConnection connection)
    {
        Socket socket = _listener.Accept();
        if (socket == null)
        {
            return;
        }

        _routes.Statistics.NoteOpened();
        try
        {
            connection.Open(socket);
            handler.Serve(connection);
        }
        finally
        {
            connection.Close();
            _routes.Statistics.NoteClosed();
        }
    }
}
