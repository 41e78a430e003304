namespace PicoKubelet.Configuration;

/// <summary>What the configuration moves outside of the chip.</summary>
public interface IOutputs
{
    /// <summary>Shows something on the LED, where there is one.</summary>
    /// <param name="led">-2 the device's status, -1 off, 0 on, otherwise the milliseconds of each half of its blinking.</param>
    void ShowLed(int led);

    /// <summary>Makes a pin an output and sets its level.</summary>
    /// <param name="pin">A pin that is free.</param>
    /// <param name="isHigh">Whether it is high.</param>
    void WritePin(int pin, bool isHigh);
}
