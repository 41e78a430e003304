using PicoKubelet.Configuration;
using PicoKubelet.Outputs;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;
using PicoKubelet.Tests.Text;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Configuration;

/// <summary>Reads and writes values by their keys.</summary>
internal static class Keys
{
    public static ConfigurationValues NewValues()
    {
        return new ConfigurationValues(new byte[MemoryCells.Count]);
    }

    public static ConfigurationValues Defaults()
    {
        return ConfigurationKeys.MakeDefaults(NodeHarness.NewSettings());
    }

    public static ConfigurationScope Scope()
    {
        Labels own = new Labels(1);
        own.Set("room-of-the-settings", "attic");
        return new ConfigurationScope(new FakePins(), own) { Peripherals = new FakePeripherals(), HasPrograms = true };
    }

    public static ConfigurationKey Find(string name)
    {
        int i = 0;
        while (ConfigurationKeys.Get(i).Name != name)
        {
            i++;
        }

        return ConfigurationKeys.Get(i);
    }

    /// <summary>Reads a value.</summary>
    /// <returns>The rule that it breaks, or null.</returns>
    public static string Read(string key, string value, ConfigurationValues values)
    {
        ConfigurationText text = new ConfigurationText(ConfigurationKeys.MaxValueBytes + 100);
        text.Begin(value);
        return Find(key).Read(text, values, Scope());
    }

    /// <summary>Writes a value as a ConfigMap may have it.</summary>
    public static string Write(string key, ConfigurationValues values)
    {
        Utf8Writer output = new Utf8Writer(ConfigurationKeys.MaxValueBytes);
        Find(key).Write(output, values);
        return Bytes.Content(output);
    }
}
