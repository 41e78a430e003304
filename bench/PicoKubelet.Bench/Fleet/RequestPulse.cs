using System.Diagnostics;

namespace PicoKubelet.Bench.Fleet;

/// <summary>Counts a fleet's requests each 100 ms.</summary>
internal sealed class RequestPulse : IDisposable
{
    private const int Period = 100;
    private const int BeatsPerSecond = 1000 / Period;

    private readonly BoardFleet _fleet;
    private readonly List<(int Requests, int First, int Writes)> _beats = [];
    private readonly Thread _thread;
    private volatile bool _isStopping;

    public RequestPulse(BoardFleet fleet)
    {
        _fleet = fleet;
        fleet.TakeRequests();
        _thread = new Thread(Run) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Gets the longest time that was counted in one, in milliseconds.</summary>
    public int Latest { get; private set; }

    /// <summary>Ends the counting.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
    }

    /// <summary>Gets the counts of each second.</summary>
    public IReadOnlyList<PulseSecond> Seconds()
    {
        return [.. _beats.Chunk(BeatsPerSecond).Select(second => new PulseSecond(
            second.Sum(beat => beat.First),
            second.Sum(beat => beat.Requests),
            second.Max(beat => beat.Requests),
            second.Sum(beat => beat.Writes)))];
    }

    /// <summary>Gets how evenly the writes are spread over the whole seconds.</summary>
    public Spread Writes() => new(WholeSeconds().Select(second => second.Sum(beat => beat.Writes)));

    /// <summary>Gets how evenly all requests are spread over the whole seconds.</summary>
    public Spread Requests() => new(WholeSeconds().Select(second => second.Sum(beat => beat.Requests)));

    private IEnumerable<(int Requests, int First, int Writes)[]> WholeSeconds() => _beats.Chunk(BeatsPerSecond).Where(second => second.Length == BeatsPerSecond);

    private void Run()
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!_isStopping)
        {
            int wait = (int)(((_beats.Count + 1) * Period) - watch.ElapsedMilliseconds);
            if (wait > 0)
            {
                Thread.Sleep(wait);
            }

            // A busy machine may have let this thread wait too. What came meanwhile came at times that nobody knows: it is
            // spread over all of them, rather than told as one burst and a silence.
            int late = Math.Max(1, (int)(watch.ElapsedMilliseconds / Period) - _beats.Count);
            (int requests, int first, int writes) = _fleet.TakeRequests();
            for (int i = 0; i < late; i++)
            {
                _beats.Add((Share(requests, i, late), Share(first, i, late), Share(writes, i, late)));
            }

            Latest = Math.Max(Latest, late * Period);
        }
    }

    private static int Share(int count, int index, int of) => (count * (index + 1) / of) - (count * index / of);
}
