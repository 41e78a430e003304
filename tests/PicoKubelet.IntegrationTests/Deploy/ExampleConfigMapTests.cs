using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PicoKubelet.Configuration;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Outputs;
using PicoKubelet.Settings;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.IntegrationTests.Deploy;

/// <summary>The example's ConfigMap: every key of the firmware, and values that it takes.</summary>
[TestClass]
public partial class ExampleConfigMapTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("deploy/cluster/pico-node-1/configmap.yaml"));

    [TestMethod]
    public void EveryKeyIsThereOnce()
    {
        string[] keys = [.. Enumerable.Range(0, ConfigurationKeys.Count).Select(index => ConfigurationKeys.Get(index).Name)];

        CollectionAssert.AreEqual(keys, Data(Uncommented()).Select(entry => entry.Key).Where(key => !IsForPrograms(key)).ToArray());
        Assert.AreEqual(1, Data(Uncommented()).Count(entry => IsForPrograms(entry.Key)));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void TheFirmwareTakesEveryValue(bool withCommented)
    {
        ConfigurationScope scope = new(new SimulatedPins("ESP32_REV3"), new Labels(1)) { Peripherals = new SimulatedPeripherals("ESP32_REV3") };
        ConfigurationValues values = new(new byte[MemoryCells.Count]);
        foreach ((string key, JsonNode? value) in Data(withCommented ? Uncommented() : Text).Where(entry => !IsForPrograms(entry.Key)))
        {
            ConfigurationText text = new(ConfigurationKeys.MaxValueBytes);
            text.Begin(value!.GetValue<string>());

            Assert.IsNull(Enumerable.Range(0, ConfigurationKeys.Count).Select(ConfigurationKeys.Get).Single(known => known.Name == key).Read(text, values, scope), key);
        }
    }

    [TestMethod]
    public void EveryKeyIsExplained()
    {
        for (int i = 0; i < ConfigurationKeys.Count; i++)
        {
            string key = ConfigurationKeys.Get(i).Name;
            StringAssert.Matches(Text, new Regex($@"\n  # [^\n]*Default: [^\n]*\n  #?{Regex.Escape(key)}:"), key);
        }
    }

    [TestMethod]
    public void APicoTakesEveryLineThatThePageOfInputsShows()
    {
        ConfigurationScope scope = new(new SimulatedPins("PICO_RP2040_W"), new Labels(1)) { Peripherals = new SimulatedPeripherals("PICO_RP2040_W") };
        string[] blocks = [.. YamlBlock().Matches(File.ReadAllText(Repository.PathOf("docs/inputs.md"))).Select(block => block.Groups[1].Value)];
        Assert.HasCount(4, blocks);
        foreach ((string key, JsonNode? value) in blocks.SelectMany(Data))
        {
            ConfigurationText text = new(ConfigurationKeys.MaxValueBytes);
            text.Begin(value!.GetValue<string>());
            ConfigurationValues values = new(new byte[MemoryCells.Count]);

            Assert.IsNull(Enumerable.Range(0, ConfigurationKeys.Count).Select(ConfigurationKeys.Get).Single(known => known.Name == key).Read(text, values, scope), key);
        }
    }

    private static bool IsForPrograms(string key) => key.StartsWith(ConfigurationKeys.ProgramPrefix, StringComparison.Ordinal);

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    private static JsonObject Data(string yaml)
    {
        return (JsonObject)Manifests.Read(yaml).Single()["data"]!;
    }

    // As the file's head says: a # without a space before a key or a value.
    private static string Uncommented()
    {
        return CommentedKey().Replace(Text, "  ");
    }

    [GeneratedRegex(@"^  #(?=[a-z]|  \S)", RegexOptions.Multiline)]
    private static partial Regex CommentedKey();
}
