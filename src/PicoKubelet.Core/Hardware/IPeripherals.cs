namespace PicoKubelet.Hardware;

/// <summary>
/// What a chip has besides the levels of its pins: a converter, I2C buses, and outputs of pulses. Each call throws where the hardware does.
/// For any thread, but for the buses, which one owner uses for one transfer at a time.
/// </summary>
public interface IPeripherals
{
    /// <summary>Gets the pin of an analog channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>The pin's number, or -1 where the board has no such channel.</returns>
    int AnalogPin(int channel);

    /// <summary>Reads an analog channel.</summary>
    /// <param name="channel">A channel that the board has.</param>
    /// <returns>The converter's number, as it comes: 0 to 4095, the 12 bits of all boards' converters.</returns>
    int ReadAnalog(int channel);

    /// <summary>Gets the pins of an I2C bus.</summary>
    /// <param name="bus">The bus, or -1 for the board's first.</param>
    /// <returns>The pins, a bit each; none where the board has no such bus.</returns>
    ulong I2cPins(int bus);

    /// <summary>Writes to a device on an I2C bus, and reads its answer.</summary>
    /// <param name="bus">A bus that the board has, or -1 for its first.</param>
    /// <param name="address">The device's address, 7 bits.</param>
    /// <param name="buffer">What is written, and then the answer.</param>
    /// <param name="writeCount">How many bytes are written; 0 for none.</param>
    /// <param name="readCount">How many bytes the answer has; 0 for none.</param>
    void TransferI2c(int bus, int address, byte[] buffer, int writeCount, int readCount);

    /// <summary>Lets a pin send pulses, or others than it sends already.</summary>
    /// <param name="pin">A pin that is free.</param>
    /// <param name="frequency">The pulses a second.</param>
    /// <param name="duty">How much of the time the pin is high, in thousandths.</param>
    void StartPwm(int pin, int frequency, int duty);

    /// <summary>Ends the pulses; the pin may be used otherwise.</summary>
    /// <param name="pin">The pin.</param>
    void StopPwm(int pin);
}
