using PicoKubelet.Logging;

namespace PicoKubelet.Configuration;

/// <summary>Carries a change of the values to what does not look at them by itself.</summary>
internal sealed class ConfigurationTargets
{
    private readonly Logger _log;
    private readonly IOutputs _outputs;
    private ulong _pins;
    private ulong _highPins;
    private int _led = LedKey.Status;

    public ConfigurationTargets(Logger log, IOutputs outputs)
    {
        _log = log;
        _outputs = outputs;
    }

    /// <summary>Puts values in force. What they do not change is not touched.</summary>
    public void Apply(ConfigurationValues values)
    {
        _log.Level = (LogLevel)values.Number(ConfigurationNumber.LogLevel);
        ApplyLed(values.Number(ConfigurationNumber.Led));
        ApplyPins(values.Outputs, values.HighOutputs);
    }

    private void ApplyLed(int led)
    {
        if (led != _led)
        {
            _led = led;
            _outputs.ShowLed(led);
        }
    }

    private void ApplyPins(ulong pins, ulong highPins)
    {
        // A pin that is not named any more is set low: there is no way back to an input that suits every board's wiring.
        ulong changed = (pins ^ _pins) | (highPins ^ _highPins);
        _pins = pins;
        _highPins = highPins;
        for (int pin = 0; changed != 0; pin++)
        {
            if ((changed & 1) != 0)
            {
                _outputs.WritePin(pin, ((highPins >> pin) & 1) != 0);
            }

            changed >>= 1;
        }
    }
}
