using System;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Runtime;

/// <summary>A loop whose body the test scripts, and the supervisor that watches it.</summary>
internal sealed class LoopHarness
{
    private readonly Logger _logger;

    public LoopHarness()
    {
        _logger = new Logger(Log, new TimeKeeper(Clock));
        Body = new ScriptedBody(Clock);
        Loop = NewLoop("node", Body);
        Supervisor = new Supervisor(Loop, Board, Clock, _logger);
    }

    public ManualClock Clock { get; } = new ManualClock();

    public RecordingLog Log { get; } = new RecordingLog();

    public FakeBoard Board { get; } = new FakeBoard();

    public ScriptedBody Body { get; }

    public Loop Loop { get; }

    public Supervisor Supervisor { get; }

    /// <summary>Another loop by the same clock and log.</summary>
    public Loop NewLoop(string name, ILoopBody body)
    {
        return new Loop(name, body, Clock, _logger, new Random(1));
    }
}
