using System.Threading;
using PicoKubelet.Hardware;

namespace PicoKubelet.Io;

/// <summary>The board's LED: a state that lasts, and blinking on top of it.</summary>
public sealed class LedController
{
    private readonly IPins _pins;

    /// <summary>Initializes the controller; the LED is not touched.</summary>
    /// <param name="pins">The board's pins, or null where it has none.</param>
    public LedController(IPins pins)
    {
        _pins = pins;
    }

    /// <summary>Gets whether there is an LED.</summary>
    public bool IsPresent => _pins != null && _pins.HasLed;

    /// <summary>Gets whether it was switched on last.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Gets whether <see cref="Blink"/> is under way.</summary>
    public bool IsBlinking { get; private set; }

    /// <summary>Switches the LED, where there is one.</summary>
    /// <param name="isOn">Whether it is on.</param>
    public void Set(bool isOn)
    {
        IsOn = isOn;
        if (IsPresent)
        {
            _pins.WriteLed(isOn);
        }
    }

    /// <summary>Blinks, on the calling thread, and leaves the LED as it was.</summary>
    /// <param name="times">How often.</param>
    /// <param name="delayMilliseconds">How long it is in each of its two states.</param>
    /// <param name="stop">Ends it before its time.</param>
    public void Blink(int times, int delayMilliseconds, WaitHandle stop)
    {
        bool isStopped = false;
        IsBlinking = true;
        for (int i = 0; i < times && !isStopped; i++)
        {
            _pins.WriteLed(!IsOn);
            isStopped = stop.WaitOne(delayMilliseconds, false);
            _pins.WriteLed(IsOn);
            isStopped = isStopped || stop.WaitOne(delayMilliseconds, false);
        }

        IsBlinking = false;
    }
}
