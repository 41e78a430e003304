using PicoKubelet.Json;
using PicoKubelet.Settings;

namespace PicoKubelet.Configuration;

/// <summary>The keys that the ConfigMap may have. docs/configuration.md shows the same table.</summary>
public static class ConfigurationKeys
{
    /// <summary>
    /// The bytes of the longest value of all. One buffer of this size is what a value of any key passes through, on every
    /// board: room for some 250 memory cells.
    /// </summary>
    public const int MaxValueBytes = 2048;

    /// <summary>The name of the key of the LED.</summary>
    internal const string LedName = "led";

    /// <summary>The name of the key of the pins.</summary>
    internal const string PinsName = "gpio";

    /// <summary>The key of the memory cells.</summary>
    internal static readonly ConfigurationKey Cells = new CellsKey("memory_values", MaxValueBytes);

    // In LogLevel's order.
    private static readonly string[] Levels = { "debug", "info", "warning", "error" };
    private static readonly string[] Switch = { "false", "true" };

    // A Lease lasts 40 s; half of that leaves room for one that fails.
    private static readonly ConfigurationKey[] All =
    {
        new NumberKey("heartbeat.leaseSeconds", ConfigurationNumber.LeaseSeconds, 1, 20),
        new NumberKey("heartbeat.statusSeconds", ConfigurationNumber.StatusSeconds, 10, 3600),
        new NumberKey("configmap.pollSeconds", ConfigurationNumber.PollSeconds, 5, 3600),
        new ChoiceKey("log.level", ConfigurationNumber.LogLevel, Levels),
        new PairsKey("node.labels", true),
        new PairsKey("node.annotations", false),
        Cells,
        new PinsKey(PinsName),
        new LedKey(LedName),
        new ChoiceKey("metrics.enabled", ConfigurationNumber.MetricsEnabled, Switch),
        new ChoiceKey("kubelet.anonymousRead", ConfigurationNumber.AnonymousRead, Switch),
    };

    /// <summary>Gets the number of keys.</summary>
    public static int Count => All.Length;

    /// <summary>Gets a key.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The key.</returns>
    public static ConfigurationKey Get(int index)
    {
        return All[index];
    }

    /// <summary>Makes the values that are in force without a ConfigMap.</summary>
    /// <param name="settings">The device's settings.</param>
    /// <returns>The values.</returns>
    public static ConfigurationValues MakeDefaults(DeviceSettings settings)
    {
        ConfigurationValues values = new ConfigurationValues((byte[])null);
        values.SetNumber(ConfigurationNumber.LeaseSeconds, settings.LeaseSeconds);
        values.SetNumber(ConfigurationNumber.StatusSeconds, settings.StatusSeconds);
        values.SetNumber(ConfigurationNumber.PollSeconds, 30);
        values.SetNumber(ConfigurationNumber.LogLevel, (int)settings.LogLevel);
        values.SetNumber(ConfigurationNumber.MetricsEnabled, 1);
        values.SetNumber(ConfigurationNumber.AnonymousRead, settings.KubeletAnonymousRead ? 1 : 0);
        values.SetNumber(ConfigurationNumber.Led, Outputs.LedDisplay.Status);
        return values;
    }

    /// <summary>Finds the key of the name that a reader has just read.</summary>
    /// <param name="json">The reader.</param>
    /// <returns>The key, or null.</returns>
    internal static ConfigurationKey Find(JsonReader json)
    {
        foreach (ConfigurationKey key in All)
        {
            if (json.NameIs(key.Name))
            {
                return key;
            }
        }

        return null;
    }
}
