using System;
using PicoKubelet.Hardware;

namespace PicoKubelet.Time;

/// <summary>
/// The time of day, carried forward by the monotonic clock from the last time that it was set.
/// The time that it gives never goes back, also when the clock is corrected: the node controller takes a Lease for
/// renewed only when its renewTime is later than the one before.
/// </summary>
public sealed class TimeKeeper
{
    // The finest step that a MicroTime shows: 1 microsecond is 10 ticks of 100 ns.
    private const long StepTicks = 10;

    private readonly IClock _clock;
    private readonly object _gate = new object();
    private long _ticksAtStart;
    private long _lastTicks;
    private long _lastRead;

    /// <summary>Initializes the time keeper; there is no time yet.</summary>
    /// <param name="clock">The monotonic clock.</param>
    public TimeKeeper(IClock clock)
    {
        _clock = clock;
    }

    /// <summary>Gets whether the time was ever set. Before that, nothing with a timestamp may be sent.</summary>
    public bool IsSet { get; private set; }

    /// <summary>Gets the time, UTC; each value is later than the one before.</summary>
    /// <exception cref="InvalidOperationException">The time was never set.</exception>
    public DateTime UtcNow
    {
        get
        {
            if (!IsSet)
            {
                throw new InvalidOperationException("no time yet");
            }

            lock (_gate)
            {
                long read = _clock.Milliseconds;
                long now = _ticksAtStart + (read * TimeSpan.TicksPerMillisecond);
                if (now <= _lastTicks)
                {
                    // Set back: it runs at half its speed until the true time has caught up, since a heartbeat whose time
                    // stands still is none to the node controller.
                    now = _lastTicks + StepTicks + ((read - _lastRead) * TimeSpan.TicksPerMillisecond / 2);
                }

                _lastRead = read;
                _lastTicks = now;
                return new DateTime(now);
            }
        }
    }

    /// <summary>
    /// Gets the time as it was last set and carried on, UTC, be it earlier than what was given out before: for measuring how
    /// far off the clock is.
    /// </summary>
    public DateTime TrueUtc
    {
        get
        {
            lock (_gate)
            {
                return new DateTime(_ticksAtStart + (_clock.Milliseconds * TimeSpan.TicksPerMillisecond));
            }
        }
    }

    /// <summary>Sets the time, for the first time or to correct it.</summary>
    /// <param name="utc">The time, UTC.</param>
    public void Set(DateTime utc)
    {
        lock (_gate)
        {
            _ticksAtStart = utc.Ticks - (_clock.Milliseconds * TimeSpan.TicksPerMillisecond);
            IsSet = true;
        }
    }
}
