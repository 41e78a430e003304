using System;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Settings;
using PicoKubelet.Wiring;

namespace PicoKubelet.Programs;

// What programs do with them.
public sealed partial class ProgramDevices
{
    private const int NoPin = -1;

    // What a converter reads at most, and how its 12 bits become 16.
    private const int AnalogMost = 4095;
    private const int AnalogShift = 4;
    private const int AnalogRest = 8;

    /// <summary>Sets a pin: 0, or an error.</summary>
    internal int WritePin(int pin, bool isHigh)
    {
        if (!HasPin(pin))
        {
            return PicoModule.NotPermitted;
        }

        try
        {
            EndUse(pin);
            _pins.Write(pin, isHigh);
            return 0;
        }
        catch (Exception)
        {
            return PicoModule.InputOutput;
        }
    }

    /// <summary>Reads a pin: 0, 1, or an error negated.</summary>
    internal int ReadPin(int pin)
    {
        if (!HasPin(pin))
        {
            return -PicoModule.NotPermitted;
        }

        if ((_pulsing & (1UL << pin)) != 0)
        {
            // An input would end them.
            return -PicoModule.InvalidArgument;
        }

        try
        {
            WatchedPin watched = FindWatched(pin);
            return _pins.Read(pin, watched == null ? PinPull.Up : watched.Pull) ? 1 : 0;
        }
        catch (Exception)
        {
            return -PicoModule.InputOutput;
        }
    }

    /// <summary>Begins to count a pin's edges: 0, or an error.</summary>
    internal int WatchPin(int pin, int pull, int debounce)
    {
        if (!HasPin(pin))
        {
            return PicoModule.NotPermitted;
        }

        if (pull < 0 || pull > 2 || debounce < 0 || debounce > InputSpec.LongestDebounce)
        {
            return PicoModule.InvalidArgument;
        }

        try
        {
            EndUse(pin);
            _pins.BeginInput(pin);
            PinPull resistor = pull == 0 ? PinPull.None : pull == 1 ? PinPull.Up : PinPull.Down;
            WatchedPin watched = new WatchedPin(_pins, pin, resistor, debounce) { Waiter = _context.Workloads };
            watched.Begin();
            _context.Wired.Watch(watched);
            _watched ??= new WatchedPin[ExtendedResources.MaxPins];
            _watched[PlaceOf(NoPin)] = watched;
            return 0;
        }
        catch (Exception)
        {
            return PicoModule.InputOutput;
        }
    }

    /// <summary>Finds the pin whose edges are counted.</summary>
    /// <param name="pin">The pin's number.</param>
    /// <param name="error">The error, negated, where they are not.</param>
    internal WatchedPin FindWatched(int pin, out int error)
    {
        WatchedPin watched = HasPin(pin) ? FindWatched(pin) : null;
        error = HasPin(pin) ? -PicoModule.InvalidArgument : -PicoModule.NotPermitted;
        return watched;
    }

    /// <summary>Reads an analog channel: 0 to 65535 of the full scale, or an error negated.</summary>
    internal int ReadAnalog(int channel)
    {
        if (channel < 0 || channel >= ExtendedResources.I2c - ExtendedResources.Analog || !_resources.Has(ExtendedResources.Analog + channel))
        {
            return -PicoModule.NotPermitted;
        }

        try
        {
            int value = _context.Peripherals.ReadAnalog(channel);
            value = value < 0 ? 0 : value < AnalogMost ? value : AnalogMost;
            return (value << AnalogShift) | (value >> AnalogRest);
        }
        catch (Exception)
        {
            return -PicoModule.InputOutput;
        }
    }

    /// <summary>Has a pin send pulses: 0, or an error.</summary>
    internal int WritePwm(int pin, int frequency, int duty)
    {
        if (!HasPin(pin))
        {
            return PicoModule.NotPermitted;
        }

        if (frequency < 1 || frequency > PwmSpec.HighestFrequency || duty < 0 || duty > PwmSpec.FullDuty)
        {
            return PicoModule.InvalidArgument;
        }

        if (_context.Peripherals == null)
        {
            return PicoModule.NoSuchFunction;
        }

        try
        {
            EndWatch(pin);
            _context.Peripherals.StartPwm(pin, frequency, duty);
            _pulsing |= 1UL << pin;
            _frequencies ??= new int[ExtendedResources.MaxPins];
            _duties ??= new int[ExtendedResources.MaxPins];
            _frequencies[PulsePlaceOf(pin)] = frequency;
            _duties[PulsePlaceOf(pin)] = duty;
            return 0;
        }
        catch (Exception)
        {
            return PicoModule.InputOutput;
        }
    }

    /// <summary>Gets an I2C address of the limits.</summary>
    /// <returns>What has it, or null where the limits do not name it.</returns>
    internal I2cClaim FindAddress(int address)
    {
        for (int i = 0; _addresses != null && i < _addresses.Length; i++)
        {
            if (_addresses[i] != null && _addresses[i].Address == address)
            {
                return _addresses[i];
            }
        }

        return null;
    }

    // The limits', and no pin of an analog channel.
    private bool HasPin(int pin)
    {
        return pin >= 0 && pin < BoardPins.Count && _resources.Has(pin);
    }

    private WatchedPin FindWatched(int pin)
    {
        int place = PlaceOf(pin);
        return place < 0 ? null : _watched[place];
    }

    // Its number among the limits' pins.
    private int PulsePlaceOf(int pin)
    {
        int place = 0;
        for (int i = 0; i < pin; i++)
        {
            place += _resources.Has(i) ? 1 : 0;
        }

        return place;
    }

    private int PlaceOf(int pin)
    {
        for (int i = 0; _watched != null && i < _watched.Length; i++)
        {
            if ((_watched[i] == null ? NoPin : _watched[i].Pin) == pin)
            {
                return i;
            }
        }

        return -1;
    }

    private void EndUse(int pin)
    {
        EndWatch(pin);
        EndPulses(pin);
    }

    private void EndWatch(int pin)
    {
        int place = PlaceOf(pin);
        if (place >= 0)
        {
            _context.Wired.Unwatch(_watched[place]);
            _watched[place] = null;
        }
    }

    private void EndPulses(int pin)
    {
        if ((_pulsing & (1UL << pin)) != 0)
        {
            _pulsing &= ~(1UL << pin);
            _context.Peripherals.StopPwm(pin);

            // As outputs are that nobody drives any more.
            _pins.Write(pin, false);
        }
    }
}
