namespace PicoKubelet.Wiring;

/// <summary>How much can be wired to a board, of each kind. docs/inputs.md tells what each takes.</summary>
public static class WiredLimits
{
    /// <summary>The most digital inputs.</summary>
    public const int Inputs = 8;

    /// <summary>The most analog inputs.</summary>
    public const int Analog = 4;

    /// <summary>The most outputs of pulses.</summary>
    public const int Pwm = 4;

    /// <summary>The most values of sensors on I2C buses.</summary>
    public const int I2c = 8;

    /// <summary>The most of all kinds together.</summary>
    public const int All = Inputs + Analog + Pwm + I2c;
}
