namespace PicoKubelet.Hardware;

/// <summary>What holds an input's level while nothing drives it.</summary>
public enum PinPull
{
    /// <summary>The chip's resistor to its supply: high.</summary>
    Up,

    /// <summary>The chip's resistor to ground: low.</summary>
    Down,

    /// <summary>Nothing in the chip.</summary>
    None,
}
