using PicoKubelet.Io;
using PicoKubelet.Settings;

namespace PicoKubelet.Configuration;

/// <summary>One value for each key of the ConfigMap. There is a set in force, one that is being read, and the defaults.</summary>
public sealed class ConfigurationValues
{
    /// <summary>The most labels or annotations: they share the Node's document with everything else.</summary>
    public const int MaxPairs = 8;

    private readonly int[] _numbers = new int[(int)ConfigurationNumber.Count];

    /// <summary>Initializes the values: nothing, off and 0.</summary>
    /// <param name="cells">Where the memory cells are: <see cref="MemoryCells.Count"/> of them, or none where they are all 0 and stay so.</param>
    public ConfigurationValues(byte[] cells)
    {
        Cells = cells;
    }

    /// <summary>Gets the Node's labels.</summary>
    public Labels NodeLabels { get; } = new Labels(MaxPairs);

    /// <summary>Gets the Node's annotations.</summary>
    public Labels NodeAnnotations { get; } = new Labels(MaxPairs);

    /// <summary>Gets the memory cells.</summary>
    public byte[] Cells { get; }

    /// <summary>Gets or sets the pins that are outputs, a bit each.</summary>
    public ulong Outputs { get; set; }

    /// <summary>Gets or sets which of the outputs are high, a bit each.</summary>
    public ulong HighOutputs { get; set; }

    /// <summary>Gets one of the values that are numbers.</summary>
    /// <param name="which">Which.</param>
    /// <returns>The number.</returns>
    public int Number(ConfigurationNumber which)
    {
        return _numbers[(int)which];
    }

    /// <summary>Sets one of the values that are numbers.</summary>
    /// <param name="which">Which.</param>
    /// <param name="value">The number.</param>
    public void SetNumber(ConfigurationNumber which, int value)
    {
        _numbers[(int)which] = value;
    }
}
