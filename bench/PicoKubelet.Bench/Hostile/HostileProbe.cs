using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PicoKubelet.Bench.Hostile;

/// <summary>The kubelet's client that means well: it asks for /healthz all the time, and takes note of how long that takes.</summary>
internal sealed class HostileProbe : IDisposable
{
    private readonly IPEndPoint _board;
    private readonly Thread _thread;
    private volatile bool _isStopping;

    public HostileProbe(IPEndPoint board)
    {
        _board = board;
        _thread = new Thread(Run);
        _thread.Start();
    }

    public int Answered { get; private set; }

    public int Failed { get; private set; }

    public TimeSpan Slowest { get; private set; }

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
    }

    private void Run()
    {
        while (!_isStopping)
        {
            Stopwatch watch = Stopwatch.StartNew();
            if (Ask())
            {
                Answered++;
                Slowest = watch.Elapsed > Slowest ? watch.Elapsed : Slowest;
            }
            else
            {
                Failed++;
            }

            Thread.Sleep(100);
        }
    }

    private bool Ask()
    {
        try
        {
            using RawClient client = new(_board, CancellationToken.None);
            return client.TrySend("GET /healthz HTTP/1.1\r\nHost: node\r\n\r\n"u8) && client.ReadToEnd().AsSpan().StartsWith("HTTP/1.1 200 "u8);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
