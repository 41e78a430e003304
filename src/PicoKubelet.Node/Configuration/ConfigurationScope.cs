using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Settings;

namespace PicoKubelet.Configuration;

/// <summary>What makes a value right or wrong on this device besides its syntax.</summary>
public sealed class ConfigurationScope
{
    /// <summary>The rule that a value breaks which names a pin that is not free.</summary>
    public const string PinRule = "must name pins that this board has and does not need for itself";

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

    /// <summary>Gets what the chip has besides the levels of its pins, or null where there is nothing.</summary>
    public IPeripherals Peripherals { get; init; }

    /// <summary>Gets whether the board may run programs, and so keeps the values that are for them.</summary>
    public bool HasPrograms { get; init; }

    /// <summary>Gets the labels that the node sets by itself.</summary>
    public Labels OwnLabels { get; }

    /// <summary>Gets whether a value may name a pin.</summary>
    /// <param name="pin">Its number.</param>
    /// <returns>Whether the board has it and does not need it for itself.</returns>
    public bool IsFreePin(int pin)
    {
        return pin >= 0 && pin < BoardPins.Count && Pins != null && Pins.IsFree(pin);
    }
}
