using PicoKubelet.Hardware;
using PicoKubelet.Wiring;

namespace PicoKubelet.Configuration;

/// <summary>The key whose value describes digital inputs.</summary>
internal sealed class InputsKey : WiredKey
{
    public InputsKey(string name)
        : base(name, WiredKind.Input, WiredLimits.Inputs)
    {
    }

    /// <inheritdoc/>
    protected override string Syntax => "name=pin [pull-up, pull-down or pull-none] [inverted] [debounce:N, 0 to 10000 ms] [event]";

    /// <inheritdoc/>
    protected override string ReadSpec(string name, ConfigurationText text, ConfigurationScope scope, out WiredSpec spec)
    {
        spec = null;
        bool isRight = text.NextWord() & text.TryGetNumber(out int pin);
        PinPull pull = PinPull.Up;
        bool isInverted = false;
        bool hasEvents = false;
        int debounce = InputSpec.DefaultDebounce;
        while (isRight && text.NextWord())
        {
            if (text.PartIs("pull-up"))
            {
                pull = PinPull.Up;
            }
            else if (text.PartIs("pull-down"))
            {
                pull = PinPull.Down;
            }
            else if (text.PartIs("pull-none"))
            {
                pull = PinPull.None;
            }
            else if (text.PartIs("inverted"))
            {
                isInverted = true;
            }
            else if (text.PartIs("event"))
            {
                hasEvents = true;
            }
            else
            {
                isRight = text.SkipPrefix("debounce:") && text.TryGetNumber(out debounce) && debounce <= InputSpec.LongestDebounce;
            }
        }

        if (!isRight)
        {
            return "must be " + Range;
        }

        if (!scope.IsFreePin(pin))
        {
            return ConfigurationScope.PinRule;
        }

        spec = new InputSpec(name, pin) { Pull = pull, IsInverted = isInverted, Debounce = debounce, HasEvents = hasEvents };
        return null;
    }
}
