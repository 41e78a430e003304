using System.Threading;
using PicoKubelet.Hardware;
using PicoKubelet.Io;

namespace PicoKubelet.Configuration;

/// <summary>The board's LED and pins, as the configuration moves them.</summary>
public sealed class BoardOutputs : IOutputs
{
    private readonly object _gate = new object();
    private Timer _blinking;
    private bool _isStatus;

    /// <summary>Initializes the outputs; nothing is touched.</summary>
    /// <param name="pins">The board's pins, or null where there are none.</param>
    public BoardOutputs(IPins pins)
    {
        Led = new LedController(pins);
        StatusLed = new StatusLed(Led);
        Pins = new PinController(pins);
    }

    /// <summary>Gets the LED.</summary>
    public LedController Led { get; }

    /// <summary>Gets what the LED shows while nothing else was asked of it.</summary>
    public StatusLed StatusLed { get; }

    /// <summary>Gets the pins.</summary>
    public PinController Pins { get; }

    /// <inheritdoc/>
    public void ShowLed(int led)
    {
        Stop();
        lock (_gate)
        {
            _isStatus = led == LedKey.Status;
            Led.Set(!_isStatus && led != LedKey.Off);
            int period = _isStatus ? StatusLed.TickMilliseconds : led;
            if (period > LedKey.On && Led.IsPresent)
            {
                _blinking = new Timer(Toggle, null, period, period);
            }
        }
    }

    /// <inheritdoc/>
    public void WritePin(int pin, bool isHigh)
    {
        Pins.Write(pin, isHigh);
    }

    /// <summary>Ends the blinking; the LED stays as it is.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _blinking?.Dispose();
            _blinking = null;
        }
    }

    // All timers' callbacks share one thread: this one does next to nothing.
    private void Toggle(object state)
    {
        lock (_gate)
        {
            if (_blinking == null)
            {
                return;
            }

            if (_isStatus)
            {
                StatusLed.Tick();
            }
            else
            {
                Led.Set(!Led.IsOn);
            }
        }
    }
}
