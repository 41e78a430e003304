using System;
using PicoKubelet.Api;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Runtime;

/// <summary>A loop whose body the test scripts, and the supervisor that watches it on a board that has run for a while.</summary>
internal sealed class LoopHarness
{
    private readonly Logger _logger;

    public LoopHarness()
    {
        _logger = new Logger(Log, new TimeKeeper(Clock));
        Body = new ScriptedBody(Clock);
        Loop = NewLoop("node", Body);
        Record = new BootRecord(new AtomicStorage(Files), new Logger(new RecordingLog(), new TimeKeeper(Clock)));
        Record.Begin();
        long now = Clock.Milliseconds;
        Clock.Milliseconds = now - Rebooter.FirstUptime;
        Rebooter = new Rebooter(Board, Clock, Record, _logger);
        Clock.Milliseconds = now;
        Supervisor = new Supervisor(Api, Rebooter, Clock);
        Supervisor.Watch(Loop);
    }

    public ManualClock Clock { get; } = new ManualClock();

    public RecordingLog Log { get; } = new RecordingLog();

    public FakeBoard Board { get; } = new FakeBoard();

    public FakeFiles Files { get; } = new FakeFiles();

    public ApiStatistics Api { get; } = new ApiStatistics();

    public ScriptedBody Body { get; }

    public Loop Loop { get; }

    public BootRecord Record { get; }

    public Rebooter Rebooter { get; }

    public Supervisor Supervisor { get; }

    /// <summary>Another loop by the same clock and log.</summary>
    public Loop NewLoop(string name, ILoopBody body)
    {
        return new Loop(name, body, Clock, _logger, new Random(1));
    }
}
