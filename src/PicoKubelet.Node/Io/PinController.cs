using PicoKubelet.Hardware;

namespace PicoKubelet.Io;

/// <summary>The pins as outputs. It remembers what each was set to, since a board's pins are not read back.</summary>
public sealed class PinController
{
    /// <summary>The number of pins that are looked after: GPIO0 to GPIO63, more than any board has.</summary>
    public const int Count = 64;

    private const byte Low = 1;
    private const byte High = 2;

    private readonly IPins _pins;
    private readonly byte[] _levels = new byte[Count];

    /// <summary>Initializes the controller; no pin is touched.</summary>
    /// <param name="pins">The board's pins, or null where it has none.</param>
    public PinController(IPins pins)
    {
        _pins = pins;
    }

    /// <summary>Gets whether a pin may be set.</summary>
    /// <param name="pin">The pin's number.</param>
    /// <returns>Whether the board has it and leaves it free.</returns>
    public bool IsFree(int pin)
    {
        return _pins != null && pin >= 0 && pin < Count && _pins.IsFree(pin);
    }

    /// <summary>Makes a pin an output and sets its level.</summary>
    /// <param name="pin">A pin that is free.</param>
    /// <param name="isHigh">Whether it is high.</param>
    public void Write(int pin, bool isHigh)
    {
        _pins.Write(pin, isHigh);
        _levels[pin] = isHigh ? High : Low;
    }

    /// <summary>Gets whether a pin was set since the start.</summary>
    /// <param name="pin">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Whether it was.</returns>
    public bool IsOutput(int pin)
    {
        return _levels[pin] != 0;
    }

    /// <summary>Gets the level that a pin was set to last.</summary>
    /// <param name="pin">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Whether it is high; false where it was never set.</returns>
    public bool IsHigh(int pin)
    {
        return _levels[pin] == High;
    }
}
