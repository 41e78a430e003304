using PicoKubelet.Logging;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Logging;

/// <summary>A logger, what it writes to and where it has the time from.</summary>
internal sealed class LoggerHarness
{
    public LoggerHarness()
    {
        Time = new TimeKeeper(new ManualClock());
        Logger = new Logger(Log, Time);
    }

    public RecordingLog Log { get; } = new RecordingLog();

    public TimeKeeper Time { get; }

    public Logger Logger { get; }
}
