using PicoKubelet.Hardware;
using PicoKubelet.Settings;

namespace PicoKubelet.Configuration;

/// <summary>What makes a value right or wrong on this device besides its syntax.</summary>
public sealed class ConfigurationScope
{
    /// <summary>Initializes the scope.</summary>
    /// <param name="pins">The board's pins, or null where there are none.</param>
    /// <param name="ownLabels">The labels that the node sets by itself.</param>
    public ConfigurationScope(IPins pins, Labels ownLabels)
    {
        Pins = pins;
        OwnLabels = ownLabels;
    }

    /// <summary>Gets the board's pins, or null where there are none.</summary>
    public IPins Pins { get; }

    /// <summary>Gets the labels that the node sets by itself.</summary>
    public Labels OwnLabels { get; }
}
