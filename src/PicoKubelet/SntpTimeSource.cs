using System;
using System.Threading;
using nanoFramework.Networking;
using nanoFramework.Runtime.Native;
using PicoKubelet.Hardware;
using PicoKubelet.Time;

namespace PicoKubelet;

/// <summary>The runtime's SNTP client, which sets the system's clock by itself.</summary>
internal sealed class SntpTimeSource : ITimeSource
{
    // An ESP32's lwIP waits up to 5 s before it sends its first request.
    private const int WaitMilliseconds = 10000;
    private const int StepMilliseconds = 50;

    // Nothing tells that an answer came but the clock: one that is right is put back by so much, and the answer puts it right
    // again. What is half of it is a jump; a clock that stands still (an RP2040's before it is set) loses less while it is waited.
    private const int JumpSeconds = 30;

    // lwIP keeps a pointer to the text instead of a copy.
    private string _server;

    /// <inheritdoc/>
    /// <remarks>
    /// Blocks for up to 10 s when nobody answers. A Pico 2 W never has a time: its runtime is built without an RTC, so SNTP
    /// sets nothing there.
    /// </remarks>
    public bool TryGetUtc(string server, out DateTime utc)
    {
        DateTime before = DateTime.UtcNow;
        long started = Environment.TickCount64;
        DateTime from = PutBack(before);
        _server = server;
        Sntp.Server1 = _server;

        // Restarts the client, which sends a request now; a Pico would send a lost one again only after 15 minutes.
        Sntp.UpdateNow();
        bool hasAnswered = false;
        long elapsed = 0;
        do
        {
            Thread.Sleep(StepMilliseconds);
            elapsed = Environment.TickCount64 - started;
            utc = DateTime.UtcNow;
            hasAnswered = IsJump(utc, from.AddMilliseconds(elapsed));
        }
        while (!hasAnswered && elapsed < WaitMilliseconds);

        // Not left running: the heap's compaction may move the text that lwIP points to.
        Sntp.Stop();
        if (!hasAnswered && from != before)
        {
            TrySetClock(before.AddMilliseconds(elapsed));
        }

        return hasAnswered;
    }

    /// <inheritdoc/>
    public bool TryReadClock(out DateTime utc)
    {
        utc = DateTime.UtcNow;
        return true;
    }

    /// <returns>What the clock shows now.</returns>
    private static DateTime PutBack(DateTime now)
    {
        DateTime back = now.AddSeconds(-JumpSeconds);
        return PlausibleTime.Includes(now) && TrySetClock(back) && IsJump(DateTime.UtcNow, now) ? back : now;
    }

    private static bool TrySetClock(DateTime utc)
    {
        try
        {
            Rtc.SetSystemTime(utc);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static bool IsJump(DateTime shown, DateTime expected)
    {
        long seconds = (shown.Ticks - expected.Ticks) / TimeSpan.TicksPerSecond;
        return seconds >= JumpSeconds / 2 || seconds <= -JumpSeconds / 2;
    }
}
