using PicoKubelet.Api;
using PicoKubelet.Api.Watch;
using PicoKubelet.Logging;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Api.Watch;

/// <summary>A watcher of things over connections that the test scripts.</summary>
internal sealed class ResourceWatcherHarness
{
    public ManualClock Clock { get; } = new ManualClock();

    public RecordingLog Log { get; } = new RecordingLog();

    public WatchedThings Things { get; } = new WatchedThings();

    public ResourceWatcher NewWatcher(FakeConnector connector)
    {
        ApiClient client = new ApiClient(connector, ApiEndpoint.Parse("https://api.example:6443"), ApiHarness.Token, Clock, ApiHarness.Timeout, 0);
        return new ResourceWatcher(client, Things, Clock, new Logger(Log, new TimeKeeper(Clock)), new SeededRandom(1));
    }
}
