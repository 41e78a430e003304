using System;

namespace PicoKubelet.Hardware;

/// <summary>Where the board gets the time from: SNTP on a device, the operating system on a PC.</summary>
public interface ITimeSource
{
    /// <summary>Asks for the time. On a device this blocks for up to 10 seconds, so it is not for the loop that sends the heartbeats.</summary>
    /// <param name="server">The SNTP server to ask.</param>
    /// <param name="utc">The time, UTC, when somebody answered.</param>
    /// <returns>Whether somebody answered; a clock that merely went on is no answer.</returns>
    bool TryGetUtc(string server, out DateTime utc);

    /// <summary>Reads the system's clock, by which TLS checks certificates, and asks nobody.</summary>
    /// <param name="utc">What it shows, UTC; a clock that was never set shows something too.</param>
    /// <returns>Whether there is one.</returns>
    bool TryReadClock(out DateTime utc);
}
