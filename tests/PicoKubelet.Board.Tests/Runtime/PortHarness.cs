using System.Threading;
using PicoKubelet.Http.Server;
using PicoKubelet.Logging;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Runtime;

/// <summary>A port whose one thread the supervisor watches.</summary>
internal sealed class PortHarness : IPortOwner
{
    private readonly LoopbackSockets _sockets = new LoopbackSockets();
    private readonly StuckHandler _handler = new StuckHandler();
    private readonly Listener _listener;
    private readonly HttpServer _server;

    public PortHarness(LoopHarness board)
    {
        Logger log = new Logger(new RecordingLog(), new TimeKeeper(board.Clock));
        _listener = new Listener("test", this, 1, 1, _sockets, board.Clock, log);
        _server = new HttpServer(_listener, 1, _handler, Statistics, board.Clock);
        _server.Start();
        _server.WatchBy(board.Supervisor);
    }

    public string Address => "127.0.0.1";

    public string PortFailure { get; set; }

    public ServerStatistics Statistics { get; } = new ServerStatistics(0);

    /// <summary>When somebody last looked whether somebody comes.</summary>
    public long LastLook => _listener.LastLook;

    /// <summary>Opens a connection that nobody serves, and waits until somebody has taken it.</summary>
    public SocketClient Connect()
    {
        while (_sockets.EndPoint == null)
        {
            Thread.Sleep(1);
        }

        SocketClient client = new SocketClient(_sockets.EndPoint);
        while (Statistics.InService == 0)
        {
            Thread.Sleep(1);
        }

        return client;
    }

    public void Stop()
    {
        _handler.Release();
        _server.Stop();
    }
}
