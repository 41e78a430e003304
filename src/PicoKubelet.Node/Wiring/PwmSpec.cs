using PicoKubelet.Text;

namespace PicoKubelet.Wiring;

/// <summary>An output of pulses: <c>fan=16 duty:40 frequency:25000</c>.</summary>
public sealed class PwmSpec : WiredSpec
{
    /// <summary>The frequency where the line does not say, Hz.</summary>
    public const int DefaultFrequency = 1000;

    /// <summary>The highest frequency, Hz.</summary>
    public const int HighestFrequency = 100000;

    /// <summary>The duty of a pin that is always high, thousandths: percent with one decimal.</summary>
    public const int FullDuty = 1000;

    /// <summary>Initializes the output.</summary>
    /// <param name="name">The name.</param>
    /// <param name="pin">The pin's number.</param>
    /// <param name="frequency">The pulses a second.</param>
    /// <param name="duty">How much of the time the pin is high, in thousandths.</param>
    public PwmSpec(string name, int pin, int frequency, int duty)
        : base(name)
    {
        Pin = pin;
        Frequency = frequency;
        Duty = duty;
    }

    /// <inheritdoc/>
    public override WiredKind Kind => WiredKind.Pwm;

    /// <summary>Gets the pin's number.</summary>
    public int Pin { get; }

    /// <summary>Gets the pulses a second.</summary>
    public int Frequency { get; }

    /// <summary>Gets how much of the time the pin is high, in thousandths.</summary>
    public int Duty { get; }

    /// <inheritdoc/>
    public override bool IsSameAs(WiredSpec other)
    {
        PwmSpec pwm = (PwmSpec)other;
        return Pin == pwm.Pin && Frequency == pwm.Frequency && Duty == pwm.Duty;
    }

    /// <inheritdoc/>
    public override void Write(Utf8Writer output)
    {
        output.Write(Pin);
        output.Write(" duty:");
        output.WriteDecimal(Duty, 1);
        if (Frequency != DefaultFrequency)
        {
            output.Write(" frequency:");
            output.Write(Frequency);
        }
    }
}
