using System;
using PicoKubelet.Logging;
using PicoKubelet.Outputs;
using PicoKubelet.Wiring;

namespace PicoKubelet.Configuration;

/// <summary>
/// Carries a change of the values to what does not look at them by itself. What throws is told and tried again with the next
/// <see cref="Apply"/>; it keeps nothing else from its value.
/// </summary>
internal sealed class ConfigurationTargets
{
    // No value of the LED's: whatever comes next is another one.
    private const int Unknown = int.MinValue;

    private readonly Logger _log;
    private readonly IOutputs _outputs;

    // What was carried out, a bit a pin; of those that threw nobody knows.
    private ulong _pins;
    private ulong _highPins;
    private ulong _unknownPins;
    private int _led = LedDisplay.Status;
    private bool _hasWiredFailed;

    public ConfigurationTargets(Logger log, IOutputs outputs)
    {
        _log = log;
        _outputs = outputs;
    }

    /// <summary>Gets whether something threw that was not carried out since.</summary>
    public bool HasFailed => _led == Unknown || _unknownPins != 0 || _hasWiredFailed;

    /// <summary>Gets or sets what makes use of what is wired to the board, or null.</summary>
    public IWired Wired { get; set; }

    /// <summary>Puts values in force. What they do not change is not touched.</summary>
    /// <param name="values">The values.</param>
    /// <param name="report">Takes what threw, or null.</param>
    public void Apply(ConfigurationValues values, ConfigurationReport report)
    {
        _log.Level = (LogLevel)values.Number(ConfigurationNumber.LogLevel);
        ApplyLed(values.Number(ConfigurationNumber.Led), report);
        GiveUpWired(values);
        ApplyPins(values.Outputs, values.HighOutputs, report);
        UseWired(values, report);
    }

    // Before a pin is written that was an input, as it is no output any more before it is read.
    private void GiveUpWired(ConfigurationValues values)
    {
        for (int kind = 0; Wired != null && kind < (int)WiredKind.Count; kind++)
        {
            Wired.Keep((WiredKind)kind, values.Wired((WiredKind)kind));
        }
    }

    private void UseWired(ConfigurationValues values, ConfigurationReport report)
    {
        _hasWiredFailed = false;
        for (int kind = 0; Wired != null && kind < (int)WiredKind.Count; kind++)
        {
            WiredList list = values.Wired((WiredKind)kind);
            for (int i = 0; i < list.Count; i++)
            {
                Use(list.Get(i), report);
            }
        }
    }

    private void Use(WiredSpec spec, ConfigurationReport report)
    {
        try
        {
            Wired.Use(spec);
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception e)
        {
            _hasWiredFailed = true;
            report?.AddFailed(ConfigurationKeys.NameOf(spec.Kind), spec.Name + " " + e.Message);
        }
    }

    private void ApplyLed(int led, ConfigurationReport report)
    {
        if (led == _led)
        {
            return;
        }

        try
        {
            _led = Unknown;
            _outputs.ShowLed(led);
            _led = led;
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception e)
        {
            report?.AddFailed(ConfigurationKeys.LedName, e.Message);
        }
    }

    private void ApplyPins(ulong pins, ulong highPins, ConfigurationReport report)
    {
        ulong changed = (pins ^ _pins) | (highPins ^ _highPins) | _unknownPins;
        for (int pin = 0; changed != 0; pin++)
        {
            if ((changed & 1) != 0)
            {
                ApplyPin(pin, ((pins >> pin) & 1) != 0, ((highPins >> pin) & 1) != 0, report);
            }

            changed >>= 1;
        }
    }

    private void ApplyPin(int pin, bool isOutput, bool isHigh, ConfigurationReport report)
    {
        ulong bit = 1UL << pin;
        try
        {
            _unknownPins |= bit;
            if (isOutput)
            {
                _outputs.WritePin(pin, isHigh);
            }
            else
            {
                _outputs.ReleasePin(pin);
            }

            _pins = isOutput ? _pins | bit : _pins & ~bit;
            _highPins = isHigh ? _highPins | bit : _highPins & ~bit;
            _unknownPins &= ~bit;
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception e)
        {
            report?.AddFailed(ConfigurationKeys.PinsName, "pin " + pin.ToString() + " " + e.Message);
        }
    }
}
