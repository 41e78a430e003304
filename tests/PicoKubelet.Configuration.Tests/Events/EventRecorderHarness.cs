using PicoKubelet.Settings;
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
    private readonly ApiClient _client;

    public EventRecorderHarness()
    {
        Server = new FakeApiServer(Clock);
        Time = new TimeKeeper(Clock);
        Time.Set(new System.DateTime(2026, 1, 23, 10, 30, 0));
        _client = new ApiClient(Server, ApiEndpoint.Parse("https://api.example:6443"), ApiHarness.Token, Clock, ApiHarness.Timeout);
        Logger = new Logger(Log, Time);
        Events = new EventRecorder(_client, "pico-node-1", Clock, Time, Logger, new SeededRandom(1));
    }

    public FakeApiServer Server { get; }

    public ManualClock Clock { get; } = new ManualClock();

    public TimeKeeper Time { get; }

    public Logger Logger { get; }

    public RecordingLog Log { get; } = new RecordingLog();

    public EventRecorder Events { get; }

    /// <summary>Makes the token a secret, as the firmware does.</summary>
    public void Conceal()
    {
        _client.Conceal(Logger.Secrets);
    }

    /// <summary>Records an event, sends it, and lets a minute pass.</summary>
    public void Record(string message, int count)
    {
        Events.Record(EventRecorder.Normal, "A", message);
        Assert.IsTrue(Events.Send().IsOk);
        Assert.Contains("\"count\":" + count.ToString(), Server.Last.Body);
        Clock.Advance(60000);
    }
}
