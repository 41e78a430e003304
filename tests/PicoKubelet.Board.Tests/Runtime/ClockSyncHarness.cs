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
    public FakeTimeSource Source { get; } = new FakeTimeSource();

    public FakeBoard Board { get; } = new FakeBoard();

    public RecordingLog Log { get; } = new RecordingLog();

    public ClockSync NewSync(ApiHarness api, TimeKeeper time)
    {
        Platform platform = new Platform();
        platform.Time = Source;
        platform.Board = Board;
        platform.Clock = api.Clock;
        return new ClockSync(platform, time, "ntp.example", new Logger(Log, time), new Random(1));
    }
}
