using System;
using System.Net.Sockets;
using System.Threading;
using PicoKubelet.Hardware;
using PicoKubelet.Runtime;

namespace PicoKubelet.Http.Server;

/// <summary>A place in service: a thread that takes a connection, serves it and closes it, again and again.</summary>
public sealed class ServerWorker : IWatched
{
    private readonly Listener _listener;
    private readonly IRequestHandler _handler;
    private readonly ServerStatistics _statistics;
    private readonly IClock _clock;
    private readonly ClientConnection _connection;
    private readonly TlsDoor _door;
    private Thread _thread;
    private long _freeSince;
    private bool _isServing;

    internal ServerWorker(Listener listener, IRequestHandler handler, ServerStatistics statistics, IClock clock, TlsDoor door)
    {
        _door = door;
        _listener = listener;
        _handler = handler;
        _statistics = statistics;
        _clock = clock;
        _connection = new ClientConnection(listener, clock);
        _freeSince = clock.Milliseconds;
    }

    /// <inheritdoc/>
    public string Name => "port";

    /// <summary>
    /// Gets when what is under way has to be over: the stage of the request in service, or else the listener's look for the next
    /// one. Who is neither serving nor waiting is long past it.
    /// </summary>
    public long DueBy
    {
        get
        {
            if (_isServing)
            {
                return _connection.Deadline;
            }

            return _listener.LastLook > _freeSince ? _listener.LastLook : _freeSince;
        }
    }

    internal void Start()
    {
        _thread = new Thread(Run);
        _thread.Start();
    }

    internal void Join(int timeoutMilliseconds)
    {
        if (_thread != null)
        {
            _thread.Join(timeoutMilliseconds);
        }
    }

    private void Run()
    {
        while (!_listener.IsStopping)
        {
            try
            {
                Serve();
            }
            catch (Exception)
            {
                // A client that went away, or no memory for it. The next one may fare better; the counter tells.
                _statistics.NoteFailed();
            }
        }
    }

    private void Serve()
    {
        Socket socket = _listener.Accept();
        if (socket == null)
        {
            return;
        }

        _statistics.NoteOpened();
        IClientConnection client = _connection;
        try
        {
            _connection.Open(socket);
            _isServing = true;
            client = _door == null ? _connection : _door.Enter(_connection);
            if (client != null)
            {
                _handler.Serve(client);
            }
        }
        finally
        {
            client?.Close();
            _connection.Close();
            _freeSince = _clock.Milliseconds;
            _isServing = false;
            _statistics.NoteClosed();
        }
    }
}
