namespace PicoKubelet.Outputs;

/// <summary>What the configuration moves outside of the chip. Each throws where the hardware does, or where another holds the pin.</summary>
public interface IOutputs
{
    /// <summary>Shows something on the LED, where there is one.</summary>
    /// <param name="display">One of <see cref="LedDisplay"/>, or the milliseconds of each half of its blinking.</param>
    void ShowLed(int display);

    /// <summary>Makes a pin an output and sets its level.</summary>
    /// <param name="pin">A pin that is free.</param>
    /// <param name="isHigh">Whether it is high.</param>
    void WritePin(int pin, bool isHigh);

    /// <summary>Gives up a pin that was written: it is set low, since no way back to an input suits every board's wiring.</summary>
    /// <param name="pin">The pin.</param>
    void ReleasePin(int pin);
}
