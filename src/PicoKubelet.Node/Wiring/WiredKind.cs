namespace PicoKubelet.Wiring;

/// <summary>What can be wired to a board; each has a key of the ConfigMap.</summary>
public enum WiredKind
{
    /// <summary>A digital input.</summary>
    Input,

    /// <summary>An analog input.</summary>
    Analog,

    /// <summary>An output of pulses.</summary>
    Pwm,

    /// <summary>A value of a sensor on an I2C bus.</summary>
    I2c,

    /// <summary>The number of kinds.</summary>
    Count,
}
