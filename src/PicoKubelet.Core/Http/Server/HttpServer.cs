using PicoKubelet.Hardware;
using PicoKubelet.Runtime;

namespace PicoKubelet.Http.Server;

/// <summary>
/// A server on a port: as many threads as the board has room for, each of which takes a connection, serves it and closes it.
/// A thread has buffers of its own that live as long as it does; see docs/memory.md for the sum.
/// </summary>
public sealed class HttpServer
{
    private const int StopTimeout = 10 * 1000;

    private readonly Listener _listener;
    private readonly ServerWorker[] _workers;

    /// <summary>Initializes the server; nothing listens yet.</summary>
    /// <param name="listener">Takes the connections.</param>
    /// <param name="workers">How many are in service at once.</param>
    /// <param name="handlers">Makes what serves them.</param>
    /// <param name="statistics">Where connections are counted.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="door">Lets clients in by TLS; null for plain HTTP.</param>
    public HttpServer(Listener listener, int workers, IHandlerFactory handlers, ServerStatistics statistics, IClock clock, TlsDoor door = null)
    {
        _listener = listener;
        _workers = new ServerWorker[workers];
        for (int i = 0; i < workers; i++)
        {
            _workers[i] = new ServerWorker(listener, handlers.CreateHandler(), statistics, clock, door);
        }
    }

    /// <summary>Has those who serve watched over, from now on.</summary>
    /// <param name="supervisor">Who watches.</param>
    public void WatchBy(Supervisor supervisor)
    {
        foreach (ServerWorker worker in _workers)
        {
            supervisor.Watch(worker);
        }
    }

    /// <summary>Starts to serve, as soon as the board has an address.</summary>
    public void Start()
    {
        foreach (ServerWorker worker in _workers)
        {
            worker.Start();
        }
    }

    /// <summary>Stops to serve, after the requests under way. For the PC, and for a port that is closed for good.</summary>
    public void Stop()
    {
        _listener.Stop();
        foreach (ServerWorker worker in _workers)
        {
            worker.Join(StopTimeout);
        }
    }
}
