using PicoKubelet.Wiring;

namespace PicoKubelet.Configuration;

/// <summary>The key whose value describes analog inputs.</summary>
internal sealed class AnalogKey : WiredKey
{
    public AnalogKey(string name)
        : base(name, WiredKind.Analog, WiredLimits.Analog)
    {
    }

    /// <inheritdoc/>
    protected override string Syntax => "name=channel " + SensorWords.Syntax;

    /// <inheritdoc/>
    protected override string ReadSpec(string name, ConfigurationText text, ConfigurationScope scope, out WiredSpec spec)
    {
        bool isRight = text.NextWord() & text.TryGetNumber(out int channel);
        AnalogSpec analog = new AnalogSpec(name, channel);
        spec = analog;
        while (isRight && text.NextWord())
        {
            isRight = SensorWords.Read(text, analog);
        }

        if (!isRight)
        {
            return "must be " + Range;
        }

        return scope.Peripherals != null && scope.IsFreePin(scope.Peripherals.AnalogPin(channel)) ? null : "must name channels whose pins this board has and does not need for itself";
    }
}
