namespace PicoKubelet.Hardware;

/// <summary>What some boards can tell and others can not. What a board can not tell is left out of what the node serves.</summary>
public interface ITelemetry
{
    /// <summary>Reads the signal of the Wi-Fi network that the board is joined to.</summary>
    /// <param name="dbm">The signal's strength, dBm.</param>
    /// <returns>Whether the board can tell it now.</returns>
    bool TryGetSignal(out int dbm);

    /// <summary>Reads the board's temperature.</summary>
    /// <param name="milliCelsius">The temperature, in thousandths of a degree Celsius.</param>
    /// <returns>Whether the board can tell it.</returns>
    bool TryGetTemperature(out int milliCelsius);

    /// <summary>Reads how often the garbage collector ran.</summary>
    /// <param name="count">The runs since the start.</param>
    /// <returns>Whether the runtime tells it; nanoFramework's does not.</returns>
    bool TryGetCollections(out long count);
}
