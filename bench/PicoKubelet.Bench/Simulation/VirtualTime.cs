using PicoKubelet.Hardware;

namespace PicoKubelet.Bench.Simulation;

/// <summary>
/// The time of a simulation: it stands still until somebody waits, and on the way to where it is moved it does what was set
/// down for then. One thread alone uses it.
/// </summary>
internal sealed class VirtualTime : TimeProvider, IClock
{
    private static readonly DateTimeOffset Start = new(2026, 1, 23, 10, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (long At, long Order)> _events = new();
    private long _order;

    /// <inheritdoc/>
    public long Milliseconds { get; private set; } = 1000;

    /// <summary>Gets when the next of the events is due.</summary>
    public long NextEvent => _events.TryPeek(out _, out var next) ? next.At : long.MaxValue;

    /// <inheritdoc/>
    public override long TimestampFrequency => 1000;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start.AddMilliseconds(Milliseconds);

    /// <inheritdoc/>
    public override long GetTimestamp() => Milliseconds;

    /// <summary>Sets down what is to happen.</summary>
    /// <param name="milliseconds">When, at the earliest now.</param>
    /// <param name="action">What; it does not wait.</param>
    public void At(long milliseconds, Action action)
    {
        _events.Enqueue(action, (Math.Max(milliseconds, Milliseconds), _order++));
    }

    /// <summary>Sets down what is to happen again and again.</summary>
    /// <param name="period">How often, in milliseconds.</param>
    /// <param name="action">What; it does not wait.</param>
    public void Every(long period, Action action)
    {
        At(Milliseconds + period, () =>
        {
            action();
            Every(period, action);
        });
    }

    /// <summary>Waits: moves on, and does what is due on the way.</summary>
    /// <param name="milliseconds">Until when.</param>
    public void WaitUntil(long milliseconds)
    {
        while (_events.TryPeek(out var action, out var next) && next.At <= milliseconds)
        {
            _events.Dequeue();
            SkipTo(next.At);
            action();
        }

        SkipTo(milliseconds);
    }

    /// <summary>Waits.</summary>
    /// <param name="milliseconds">For how long.</param>
    public void Wait(long milliseconds) => WaitUntil(Milliseconds + milliseconds);

    private void SkipTo(long milliseconds) => Milliseconds = Math.Max(Milliseconds, milliseconds);
}
