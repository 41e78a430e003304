using nanoFramework.TestFramework;
using PicoKubelet.Configuration;
using PicoKubelet.Json;
using PicoKubelet.Tests.Node;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Configuration;

/// <summary>A reader of ConfigMaps, and the last good values that it falls back to.</summary>
internal sealed class ConfigMapReaderHarness
{
    /// <param name="spare">Bytes that the reader's buffer has beyond the least.</param>
    public ConfigMapReaderHarness(int spare = 0)
    {
        Assert.IsNull(Keys.Read("heartbeat.leaseSeconds", "7", LastGood));
        Assert.IsNull(Keys.Read("memory_values", "5=5", LastGood));
        Assert.IsNull(Keys.Read("node.labels", "room=cellar", LastGood));
        Reader = new ConfigMapReader(Keys.Scope(), NodeHarness.NewSettings(), LastGood, new byte[ConfigMapReader.MinBufferBytes + spare]);
    }

    public ConfigurationValues LastGood { get; } = Keys.NewValues();

    public ConfigMapReader Reader { get; }

    public void Read(string document, int pieceSize = int.MaxValue)
    {
        JsonReader json = new JsonReader(256, 64);
        json.Reset(new PiecewiseSource(document, pieceSize));
        Reader.Read(json);
        json.ReadToEnd();
    }
}
