using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Runtime;

/// <summary>A board that the test starts again and again.</summary>
internal sealed class BootHarness
{
    public ManualClock Clock { get; } = new ManualClock();

    public FakeFiles Files { get; } = new FakeFiles();

    public FakeBoard Board { get; } = new FakeBoard();

    /// <summary>The log since the last start.</summary>
    public RecordingLog Log { get; private set; }

    public BootRecord Record { get; private set; }

    public Rebooter Rebooter { get; private set; }

    /// <summary>Starts the board.</summary>
    /// <returns>The harness, for the first start.</returns>
    public BootHarness Start()
    {
        Log = new RecordingLog();
        Logger log = new Logger(Log, new TimeKeeper(Clock));
        Record = new BootRecord(new AtomicStorage(Files), log);
        Rebooter = new Rebooter(Board, Clock, Record, log);
        Record.Begin();
        return this;
    }
}
