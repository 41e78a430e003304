namespace PicoKubelet.Hardware;

/// <summary>The board's general-purpose pins and its LED.</summary>
public interface IPins
{
    /// <summary>Gets whether a pin exists and is free for use: not one that the board needs for its flash, its radio, its console or its LED.</summary>
    /// <param name="pin">The pin's number, as the data sheet has it (GPIOn).</param>
    /// <returns>Whether <see cref="Write"/> may be called for it.</returns>
    bool IsFree(int pin);

    /// <summary>Makes a pin an output and sets its level.</summary>
    /// <param name="pin">A pin that is free.</param>
    /// <param name="isHigh">Whether it is high.</param>
    void Write(int pin, bool isHigh);

    /// <summary>Makes a pin an input and reads its level.</summary>
    /// <param name="pin">A pin that is free and was not written.</param>
    /// <param name="pull">What holds its level while nothing drives it.</param>
    /// <returns>Whether it is high.</returns>
    bool Read(int pin, PinPull pull);

    /// <summary>Gets whether the board has an LED that programs can reach.</summary>
    bool HasLed { get; }

    /// <summary>Switches the LED.</summary>
    /// <param name="isOn">Whether it is on.</param>
    void WriteLed(bool isOn);

    /// <summary>
    /// Gets whether the board's button is pressed, which asks for provisioning in the first three seconds after a reset. Not during the
    /// reset itself: the pin of the usual button, BOOT, is the strap that chooses how the chip boots, and low it waits for a
    /// download instead. False where the board has no button that programs can read.
    /// </summary>
    bool IsButtonHeld { get; }
}
