using System.Diagnostics;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.Bench.Workloads;

/// <summary>Watches how late a board's renewals of its Lease are: behind the interval and the 4 % that the firmware adds at most.</summary>
internal sealed class LeaseCadence : IDisposable
{
    private const int Period = 5;
    private const double Jitter = 1.04;

    private readonly double _longest;
    private readonly Thread _thread;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private volatile bool _isStopping;
    private SimulatedBoard? _board;
    private long _sent;
    private double _lastAt = -1;
    private double _latest;
    private int _count;

    /// <param name="interval">The time between two renewals.</param>
    public LeaseCadence(TimeSpan interval)
    {
        _longest = interval.TotalMilliseconds * Jitter;
        _thread = new Thread(Run) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Gets how many renewals followed another one since the last call of <see cref="Begin"/>.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Begins to watch a board, from its next renewal on.</summary>
    public void Begin(SimulatedBoard board)
    {
        lock (_gate)
        {
            (_board, _sent, _lastAt, _latest, _count) = (board, board.State.Leases.Sent, -1, 0, 0);
        }
    }

    /// <summary>Ends it.</summary>
    /// <returns>By how many milliseconds the latest one was late, also one that has not come yet.</returns>
    public double End()
    {
        lock (_gate)
        {
            double latest = _lastAt < 0 ? _latest : Math.Max(_latest, _watch.Elapsed.TotalMilliseconds - _lastAt - _longest);
            _board = null;
            return latest;
        }
    }

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
    }

    private void Run()
    {
        while (!_isStopping)
        {
            lock (_gate)
            {
                Look();
            }

            Thread.Sleep(Period);
        }
    }

    private void Look()
    {
        long sent = _board?.State.Leases.Sent ?? _sent;
        if (sent == _sent)
        {
            return;
        }

        // More than one at once: this thread had to wait, and knows nothing of when they came.
        double now = _watch.Elapsed.TotalMilliseconds;
        if (sent == _sent + 1 && _lastAt >= 0)
        {
            _latest = Math.Max(_latest, now - _lastAt - _longest);
            _count++;
        }

        (_sent, _lastAt) = (sent, now);
    }
}
