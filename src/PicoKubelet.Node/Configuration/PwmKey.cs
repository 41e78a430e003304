using PicoKubelet.Wiring;

namespace PicoKubelet.Configuration;

/// <summary>The key whose value sets outputs of pulses.</summary>
internal sealed class PwmKey : WiredKey
{
    public PwmKey(string name)
        : base(name, WiredKind.Pwm, WiredLimits.Pwm)
    {
    }

    /// <inheritdoc/>
    protected override string Syntax => "name=pin duty:N, 0 to 100 % [frequency:N, 1 to 100000 Hz]";

    /// <inheritdoc/>
    protected override string ReadSpec(string name, ConfigurationText text, ConfigurationScope scope, out WiredSpec spec)
    {
        spec = null;
        bool isRight = text.NextWord() & text.TryGetNumber(out int pin);
        int frequency = PwmSpec.DefaultFrequency;
        int duty = -1;
        while (isRight && text.NextWord())
        {
            if (text.SkipPrefix("duty:"))
            {
                isRight = text.TryGetDecimal(out int digits, out int decimals) && decimals <= 1 && digits >= 0 && digits <= PwmSpec.FullDuty;
                duty = decimals == 0 ? digits * 10 : digits;
                isRight = isRight && duty <= PwmSpec.FullDuty;
            }
            else
            {
                isRight = text.SkipPrefix("frequency:") & text.TryGetNumber(out frequency) && frequency > 0 && frequency <= PwmSpec.HighestFrequency;
            }
        }

        if (!isRight || duty < 0)
        {
            return "must be " + Range;
        }

        if (!scope.IsFreePin(pin))
        {
            return ConfigurationScope.PinRule;
        }

        spec = new PwmSpec(name, pin, frequency, duty);
        return null;
    }
}
