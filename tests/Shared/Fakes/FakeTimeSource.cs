using System;
using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A time source that has the time, or does not.</summary>
internal sealed class FakeTimeSource : ITimeSource
{
    public bool HasTime { get; set; } = true;

    public DateTime Utc { get; set; } = new DateTime(2026, 1, 23, 10, 30, 0);

    /// <summary>What the system's clock shows; it is one that was never set.</summary>
    public DateTime Clock { get; set; } = new DateTime(2048, 1, 31);

    public Exception Failure { get; set; }

    public int Calls { get; private set; }

    public string Server { get; private set; }

    public bool TryGetUtc(string server, out DateTime utc)
    {
        Calls++;
        Server = server;
        utc = Utc;
        if (Failure != null)
        {
            throw Failure;
        }

        return HasTime;
    }

    public bool TryReadClock(out DateTime utc)
    {
        utc = Clock;
        return true;
    }
}
