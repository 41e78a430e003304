using PicoKubelet.Text;

namespace PicoKubelet.Configuration;

/// <summary>The key whose value sets output pins, one <c>2=out:high</c> a line.</summary>
internal sealed class PinsKey : ConfigurationKey
{
    private const int LongestList = 512;

    // A bit each in the values' masks. ESP32's pins end at 48, a Pico's at 28.
    private const int PinCount = 64;

    public PinsKey(string name)
        : base(name, LongestList)
    {
    }

    /// <inheritdoc/>
    public override string Range => "pin=out:high or pin=out:low, one a line or separated by commas, each pin once";

    /// <inheritdoc/>
    public override void Write(Utf8Writer output, ConfigurationValues values)
    {
        bool isFirst = true;
        for (int pin = 0; pin < PinCount; pin++)
        {
            if ((values.Outputs & BitOf(pin)) != 0)
            {
                output.Write(isFirst ? "" : "\n");
                output.Write(pin);
                output.Write((values.HighOutputs & BitOf(pin)) != 0 ? "=out:high" : "=out:low");
                isFirst = false;
            }
        }
    }

    /// <inheritdoc/>
    public override void Copy(ConfigurationValues from, ConfigurationValues to)
    {
        to.Outputs = from.Outputs;
        to.HighOutputs = from.HighOutputs;
    }

    /// <inheritdoc/>
    public override bool AreSame(ConfigurationValues one, ConfigurationValues other)
    {
        return one.Outputs == other.Outputs && one.HighOutputs == other.HighOutputs;
    }

    /// <inheritdoc/>
    protected override string ReadText(ConfigurationText text, ConfigurationValues values, ConfigurationScope scope)
    {
        values.Outputs = 0;
        values.HighOutputs = 0;
        while (text.NextPart(','))
        {
            bool hasPin = text.TrySplitNumber('=', out int pin);
            bool isHigh = text.PartIs("out:high");
            if (!hasPin || (!isHigh && !text.PartIs("out:low")) || (pin < PinCount && (values.Outputs & BitOf(pin)) != 0))
            {
                return "must be " + Range;
            }

            if (!scope.IsFreePin(pin))
            {
                return ConfigurationScope.PinRule;
            }

            values.Outputs |= BitOf(pin);
            values.HighOutputs |= isHigh ? BitOf(pin) : 0;
        }

        return null;
    }

    private static ulong BitOf(int pin)
    {
        return 1UL << pin;
    }
}
