using PicoKubelet.Json;
using PicoKubelet.Settings;
using PicoKubelet.Wiring;

namespace PicoKubelet.Configuration;

/// <summary>The keys that the ConfigMap may have. docs/configuration.md shows the same table.</summary>
public static class ConfigurationKeys
{
    /// <summary>
    /// The bytes of the longest value of all. One buffer of this size is what a value of any key passes through, on every
    /// board: room for some 250 memory cells.
    /// </summary>
    public const int MaxValueBytes = 2048;

    /// <summary>How the names of the keys begin whose values are for programs of pods, which call them by what follows.</summary>
    public const string ProgramPrefix = "program.";

    /// <summary>The rule that these keys and values must keep, as <see cref="ConfigurationKey.Range"/>.</summary>
    public const string ProgramRange = "one line of at most 64 bytes, and NAME at most 32 of A-Z, a-z, 0-9, -, _ and ., at most 8 of them";

    /// <summary>The name of the key of the LED.</summary>
    internal const string LedName = "led";

    /// <summary>The name of the key of the pins.</summary>
    internal const string PinsName = "gpio";

    /// <summary>The name of the key of the memory cells.</summary>
    internal const string CellsName = "memory_values";

    /// <summary>The number of keys.</summary>
    public const int Count = 15;

    /// <summary>Makes a key. None is kept: each is needed when a ConfigMap has changed, and takes heap.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The key.</returns>
    public static ConfigurationKey Get(int index)
    {
        string name = NameOf(index);
        switch (index)
        {
            case 0:
                // A Lease lasts 40 s; half of that leaves room for one that fails.
                return new NumberKey(name, ConfigurationNumber.LeaseSeconds, 1, 20);
            case 1:
                return new NumberKey(name, ConfigurationNumber.StatusSeconds, 10, 3600);
            case 2:
                return new NumberKey(name, ConfigurationNumber.PollSeconds, 5, 3600);
            case 3:
                // In the order of LogLevel.
                return new ChoiceKey(name, ConfigurationNumber.LogLevel, new[] { "debug", "info", "warning", "error" });
            case 4:
                return new PairsKey(name, true);
            case 5:
                return new PairsKey(name, false);
            case 6:
                return new CellsKey(name, MaxValueBytes);
            case 7:
                return new PinsKey(name);
            case 8:
                return new LedKey(name);
            case 9:
                return new InputsKey(name);
            case 10:
                return new AnalogKey(name);
            case 11:
                return new PwmKey(name);
            case 12:
                return new I2cKey(name);
            case 13:
                return new ChoiceKey(name, ConfigurationNumber.MetricsEnabled, new[] { "false", "true" });
            default:
                return new ChoiceKey(name, ConfigurationNumber.AnonymousRead, new[] { "false", "true" });
        }
    }

    /// <summary>Gets a key's name.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The name.</returns>
    public static string NameOf(int index)
    {
        return index switch
        {
            0 => "heartbeat.leaseSeconds",
            1 => "heartbeat.statusSeconds",
            2 => "configmap.pollSeconds",
            3 => "log.level",
            4 => "node.labels",
            5 => "node.annotations",
            6 => CellsName,
            7 => PinsName,
            8 => LedName,
            9 => NameOf(WiredKind.Input),
            10 => NameOf(WiredKind.Analog),
            11 => NameOf(WiredKind.Pwm),
            12 => NameOf(WiredKind.I2c),
            13 => "metrics.enabled",
            _ => "kubelet.anonymousRead",
        };
    }

    /// <summary>Makes the values that are in force without a ConfigMap.</summary>
    /// <param name="settings">The device's settings.</param>
    /// <param name="cells">Where the memory cells are to be, which become 0; null where none is set afterwards.</param>
    /// <param name="cellsStart">The place of the first cell.</param>
    /// <returns>The values.</returns>
    public static ConfigurationValues MakeDefaults(DeviceSettings settings, byte[] cells = null, int cellsStart = 0)
    {
        ConfigurationValues values = new ConfigurationValues(cells, cellsStart);
        if (cells != null)
        {
            values.ClearCells();
        }

        values.SetNumber(ConfigurationNumber.LeaseSeconds, settings.LeaseSeconds);
        values.SetNumber(ConfigurationNumber.StatusSeconds, settings.StatusSeconds);
        values.SetNumber(ConfigurationNumber.PollSeconds, 30);
        values.SetNumber(ConfigurationNumber.LogLevel, (int)settings.LogLevel);
        values.SetNumber(ConfigurationNumber.MetricsEnabled, 1);
        values.SetNumber(ConfigurationNumber.AnonymousRead, settings.KubeletAnonymousRead ? 1 : 0);
        values.SetNumber(ConfigurationNumber.Led, Outputs.LedDisplay.Status);
        return values;
    }

    /// <summary>Gets the name of the key that describes what is wired to the board.</summary>
    /// <param name="kind">What of it.</param>
    /// <returns>The name.</returns>
    public static string NameOf(WiredKind kind)
    {
        return kind switch
        {
            WiredKind.Input => "inputs",
            WiredKind.Analog => "analog",
            WiredKind.Pwm => "pwm",
            _ => "i2c",
        };
    }

    /// <summary>Finds the key of the name that a reader has just read.</summary>
    /// <param name="json">The reader.</param>
    /// <returns>The key, or null.</returns>
    internal static ConfigurationKey Find(JsonReader json)
    {
        for (int i = 0; i < Count; i++)
        {
            if (json.NameIs(NameOf(i)))
            {
                return Get(i);
            }
        }

        return null;
    }
}
