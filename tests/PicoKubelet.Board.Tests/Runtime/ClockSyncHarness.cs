using System;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Runtime;

/// <summary>Where the time comes from, and what tells of it.</summary>
internal sealed class ClockSyncHarness
{
    public const string Dated = "HTTP/1.1 401 Unauthorized\r\nDate: Fri, 23 Jan 2026 11:00:00 GMT\r\nContent-Length: 0\r\n\r\n";
    public const string DatedLater = "HTTP/1.1 401 Unauthorized\r\nDate: Fri, 23 Jan 2026 12:00:10 GMT\r\nContent-Length: 0\r\n\r\n";
    public const string Undated = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

    public FakeTimeSource Source { get; } = new FakeTimeSource();

    public FakeBoard Board { get; } = new FakeBoard();

    public RecordingLog Log { get; } = new RecordingLog();

    /// <summary>Leaves out what is less than a second, which a Date does not tell.</summary>
    public static DateTime Seconds(DateTime time)
    {
        return time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
    }

    public ClockSync NewSync(ApiHarness api, TimeKeeper time)
    {
        Platform platform = new Platform();
        platform.Time = Source;
        platform.Board = Board;
        platform.Clock = api.Clock;
        return new ClockSync(platform, time, "ntp.example", new Logger(Log, time), new Random(1));
    }
}
