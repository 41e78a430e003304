using nanoFramework.TestFramework;
using PicoKubelet.Configuration;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Configuration;

/// <summary>A storage, and values to keep in it.</summary>
internal sealed class ConfigurationStoreHarness
{
    private const string Note = "note=a \"quoted\" \\ \u20ac";

    public ManualClock Clock { get; } = new ManualClock();

    public FakeStorage Storage { get; } = new FakeStorage();

    public RecordingLog Log { get; } = new RecordingLog();

    public JsonWriter Buffer { get; } = new JsonWriter(new Utf8Writer(4096));

    public ConfigurationValues Values { get; } = Keys.NewValues();

    /// <summary>A store over files whose power can be cut.</summary>
    public ConfigurationStore NewStore(FakeFiles files)
    {
        return new ConfigurationStore(new AtomicStorage(files), Clock, NodeHarness.NewSettings(), new Logger(Log, new TimeKeeper(Clock)));
    }

    public ConfigurationStore NewStore()
    {
        return new ConfigurationStore(Storage, Clock, NodeHarness.NewSettings(), new Logger(Log, new TimeKeeper(Clock)));
    }

    public void Save(ConfigurationStore store)
    {
        if (Storage.Writes == 0)
        {
            for (int i = 0; i < ConfigurationKeys.Count; i++)
            {
                ConfigurationKeys.Get(i).Copy(Keys.Defaults(), Values);
            }

            Assert.IsNull(Keys.Read("node.labels", "room=kitchen\nfloor=1", Values));
            Assert.IsNull(Keys.Read("node.annotations", Note, Values));
            Assert.IsNull(Keys.Read("memory_values", "0=0x42,1023=1", Values));
            Assert.IsNull(Keys.Read("gpio", "2=out:high\n3=out:low", Values));
            Assert.IsNull(Keys.Read("heartbeat.leaseSeconds", "2", Values));
        }

        store.MarkChanged();
        store.Save(Values, Buffer);
    }
}
