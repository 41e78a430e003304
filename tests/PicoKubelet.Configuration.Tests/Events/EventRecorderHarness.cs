using nanoFramework.TestFramework;
using PicoKubelet.Api;
using PicoKubelet.Events;
using PicoKubelet.Logging;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Events;

/// <summary>A recorder of events, and the API server that they go to.</summary>
internal sealed class EventRecorderHarness
{
    private readonly ManualClock _clock = new ManualClock();

    public EventRecorderHarness()
    {
        Time = new TimeKeeper(_clock);
        Server = new FakeApiServer(_clock);
        TimeKeeper time = Time;
        time.Set(new System.DateTime(2026, 1, 23, 10, 30, 0));
        ApiClient client = new ApiClient(Server, ApiEndpoint.Parse("https://api.example:6443"), ApiHarness.Token, _clock, ApiHarness.Timeout);
        Logger = new Logger(Log, time);
        Events = new EventRecorder(client, "pico-node-1", _clock, time, Logger, new SeededRandom(1));
    }

    public FakeApiServer Server { get; }

    public TimeKeeper Time { get; }

    public Logger Logger { get; }

    public RecordingLog Log { get; } = new RecordingLog();

    public EventRecorder Events { get; }

    /// <summary>Records an event, sends it, and lets a minute pass.</summary>
    public void Record(string message, int count)
    {
        Events.Record(EventRecorder.Normal, "A", message);
        Assert.IsTrue(Events.Send().IsOk);
        Assert.Contains("\"count\":" + count.ToString(), Server.Last.Body);
        _clock.Advance(60000);
    }
}
