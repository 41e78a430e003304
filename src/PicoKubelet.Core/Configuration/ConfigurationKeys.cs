using PicoKubelet.Json;
using PicoKubelet.Settings;

namespace PicoKubelet.Configuration;

/// <summary>The keys that the ConfigMap may have. docs/configuration.md shows the same table.</summary>
public static class ConfigurationKeys
{
    /// <summary>
    /// The bytes of the longest value of all. One buffer of this size is what a value of any key passes through, on every
    /// board: 3 % of a Pico W's heap, and room for some 250 memory cells.
    /// </summary>
    public const int MaxValueBytes = 2048;

    private const string FromSettings = " of the device's settings";

    // In LogLevel's order.
    private static readonly string[] Levels = { "debug", "info", "warning", "error" };
    private static readonly string[] Switch = { "false", "true" };

    // A Lease lasts 40 s; half of that leaves room for one that fails.
    private static readonly ConfigurationKey[] All =
    {
        new NumberKey("heartbeat.leaseSeconds", ConfigurationNumber.LeaseSeconds, 1, 20, "`heartbeat.leaseSeconds`" + FromSettings + ", 10", "Seconds between heartbeats."),
        new NumberKey("heartbeat.statusSeconds", ConfigurationNumber.StatusSeconds, 10, 3600, "`heartbeat.statusSeconds`" + FromSettings + ", 300", "Seconds between reports of a status that did not change."),
        new NumberKey("configmap.pollSeconds", ConfigurationNumber.PollSeconds, 5, 3600, "30", "Seconds between two looks at this ConfigMap, where it is not watched."),
        new ChoiceKey("log.level", ConfigurationNumber.LogLevel, Levels, "`logLevel`" + FromSettings + ", info", "The lowest level that is logged."),
        new PairsKey("node.labels", true, "key=value, one a line, at most 8, in Kubernetes' syntax for labels", "Labels of the Node. One that leaves the ConfigMap leaves the Node; those that others set are not touched."),
        new PairsKey("node.annotations", false, "key=value, one a line, at most 8, with keys in Kubernetes' syntax", "Annotations of the Node, treated like the labels."),
        new CellsKey("memory_values", "The memory cells that `/pico/memory` shows. Cells that it does not name are 0.", MaxValueBytes),
        new PinsKey("gpio", "Output pins. One that leaves the ConfigMap is set low."),
        new LedKey("led", "What the LED shows."),
        new ChoiceKey("metrics.enabled", ConfigurationNumber.MetricsEnabled, Switch, "true", "Whether the node's port serves `/metrics`."),
        new ChoiceKey("kubelet.anonymousRead", ConfigurationNumber.AnonymousRead, Switch, "`kubelet.anonymousRead`" + FromSettings + ", false", "Whether the node's port may be read without a token."),
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

    /// <summary>Finds a key.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The key, or null.</returns>
    public static ConfigurationKey Find(string name)
    {
        foreach (ConfigurationKey key in All)
        {
            if (key.Name == name)
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>Makes the values that are in force without a ConfigMap.</summary>
    /// <param name="settings">The device's settings.</param>
    /// <returns>The values.</returns>
    public static ConfigurationValues MakeDefaults(DeviceSettings settings)
    {
        ConfigurationValues values = new ConfigurationValues(new byte[0]);
        values.SetNumber(ConfigurationNumber.LeaseSeconds, settings.LeaseSeconds);
        values.SetNumber(ConfigurationNumber.StatusSeconds, settings.StatusSeconds);
        values.SetNumber(ConfigurationNumber.PollSeconds, 30);
        values.SetNumber(ConfigurationNumber.LogLevel, (int)settings.LogLevel);
        values.SetNumber(ConfigurationNumber.MetricsEnabled, 1);
        values.SetNumber(ConfigurationNumber.AnonymousRead, settings.KubeletAnonymousRead ? 1 : 0);
        values.SetNumber(ConfigurationNumber.Led, LedKey.Off);
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
