using System;
using System.Threading;
using nanoFramework.Networking;
using PicoKubelet.Hardware;

namespace PicoKubelet;

/// <summary>The runtime's SNTP client, which sets the system's clock by itself.</summary>
internal sealed class SntpTimeSource : ITimeSource
{
    // Before this year the clock was never set: it starts at 1970 or earlier.
    private const int EarliestYear = 2025;

    // An ESP32's lwIP waits up to 5 s before it sends its first request.
    private const int WaitMilliseconds = 10000;
    private const int StepMilliseconds = 250;

    // lwIP keeps a pointer to the text instead of a copy.
    private string _server;

    /// <inheritdoc/>
    /// <remarks>
    /// Blocks for up to 10 s; a clock that was set before is waited for that long, since nothing tells that an answer came.
    /// A Pico 2 W never has a time: its runtime is built without an RTC, so SNTP sets nothing there.
    /// </remarks>
    public bool TryGetUtc(string server, out DateTime utc)
    {
        bool wasSet = IsSet(DateTime.UtcNow);
        _server = server;
        Sntp.Server1 = _server;

        // Restarts the client, which sends a request now; a Pico would send a lost one again only after 15 minutes.
        Sntp.UpdateNow();
        for (int waited = 0; waited < WaitMilliseconds && (wasSet || !IsSet(DateTime.UtcNow)); waited += StepMilliseconds)
        {
            Thread.Sleep(StepMilliseconds);
        }

        // Not left running: the heap's compaction may move the text that lwIP points to.
        Sntp.Stop();
        utc = DateTime.UtcNow;
        return IsSet(utc);
    }

    private static bool IsSet(DateTime utc) => utc.Year >= EarliestYear;
}
