using System;
using System.Threading;
using PicoKubelet.Hardware;

namespace PicoKubelet.Outputs;

/// <summary>
/// The board's LED: what it is to show, the blinking of a command on top of it, and the timer that both patterns need. What it
/// shows is kept through a command and through a write that failed.
/// </summary>
public sealed class BoardLed
{
    private readonly IPins _pins;
    private readonly object _gate = new object();
    private Timer _timer;
    private int _display = LedDisplay.Status;
    private bool _isLit;
    private bool _isBlinking;

    /// <summary>Initializes the LED; it is not touched.</summary>
    /// <param name="pins">The board's pins, or null where it has none.</param>
    public BoardLed(IPins pins)
    {
        _pins = pins;
    }

    /// <summary>Gets whether there is an LED.</summary>
    public bool IsPresent => _pins != null && _pins.HasLed;

    /// <summary>Gets whether it is on: the level that was last written.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Gets the pattern of the device's status, which is shown unless something else is to be.</summary>
    public StatusLed Status { get; } = new StatusLed();

    /// <summary>Begins to show what is to be shown, the status where nobody has said anything else. A write that fails is tried again by the timer.</summary>
    public void Start()
    {
        try
        {
            Show(_display);
        }
        catch (Exception)
        {
            // No LED is worth a start that fails.
        }
    }

    /// <summary>Shows something from now on; while a command blinks, after it.</summary>
    /// <param name="display">One of <see cref="LedDisplay"/>, or the milliseconds of each half of its blinking.</param>
    public void Show(int display)
    {
        lock (_gate)
        {
            EndTimer();
            _display = display;
            _isLit = display >= LedDisplay.On;
            int period = display == LedDisplay.Status ? StatusLed.TickMilliseconds : display;
            if (period > LedDisplay.On && IsPresent)
            {
                _timer = new Timer(OnTimer, null, period, period);
            }

            if (!_isBlinking)
            {
                Write(_isLit);
            }
        }
    }

    /// <summary>Blinks, on the calling thread, and then shows again what is to be shown, also where a write throws.</summary>
    /// <param name="times">How often.</param>
    /// <param name="delayMilliseconds">How long it is in each of its two states.</param>
    /// <param name="stop">Ends it before its time.</param>
    public void Blink(int times, int delayMilliseconds, WaitHandle stop)
    {
        lock (_gate)
        {
            _isBlinking = true;
        }

        try
        {
            bool isStopped = false;
            for (int i = 0; i < times && !isStopped; i++)
            {
                WriteBlinking(true);
                isStopped = stop.WaitOne(delayMilliseconds, false);
                WriteBlinking(false);
                isStopped = isStopped || stop.WaitOne(delayMilliseconds, false);
            }
        }
        finally
        {
            EndBlinking();
        }
    }

    /// <summary>Does what is due in a pattern: the next place of the status', or the next half of the blinking. The timer does so; a test may, too.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            Advance();
        }
    }

    /// <summary>Ends the timer; the LED stays as it is.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            EndTimer();
        }
    }

    // All timers' callbacks share one thread: this one does next to nothing.
    private void OnTimer(object state)
    {
        try
        {
            lock (_gate)
            {
                if (_timer != null)
                {
                    Advance();
                }
            }
        }
        catch (Exception)
        {
            // The next tick tries again: what was not written does not count as shown.
        }
    }

    private void Advance()
    {
        // A command that blinks comes first.
        if (_isBlinking)
        {
            return;
        }

        _isLit = _display == LedDisplay.Status ? Status.Next() : !_isLit;
        if (_isLit != IsOn)
        {
            Write(_isLit);
        }
    }

    private void WriteBlinking(bool isInverted)
    {
        lock (_gate)
        {
            Write(_isLit ^ isInverted);
        }
    }

    private void EndBlinking()
    {
        lock (_gate)
        {
            _isBlinking = false;
            if (_isLit == IsOn)
            {
                return;
            }

            try
            {
                Write(_isLit);
            }
            catch (Exception)
            {
                // What made the blinking end is on its way to the caller already.
            }
        }
    }

    private void EndTimer()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private void Write(bool isOn)
    {
        if (IsPresent)
        {
            _pins.WriteLed(isOn);
            IsOn = isOn;
        }
    }
}
