using System;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Wiring;

namespace PicoKubelet.Inputs;

/// <summary>Makes parts of what the configuration describes, each with its pins.</summary>
internal sealed class WiredPartMaker
{
    private const int MaxTransfer = 16;

    // Who has an address that the ConfigMap names: several values may be one sensor's.
    private const string Holder = "configmap";

    private readonly BoardPins _pins;
    private readonly IPeripherals _peripherals;
    private readonly string _nodeName;
    private readonly IClock _clock;
    private I2cBuses _buses;
    private byte[] _buffer;

    /// <summary>Initializes the maker.</summary>
    /// <param name="pins">The board's pins.</param>
    /// <param name="peripherals">What the chip has besides their levels, or null.</param>
    /// <param name="nodeName">The Node's name.</param>
    /// <param name="clock">The monotonic clock.</param>
    public WiredPartMaker(BoardPins pins, IPeripherals peripherals, string nodeName, IClock clock)
    {
        _pins = pins;
        _peripherals = peripherals;
        _nodeName = nodeName;
        _clock = clock;
    }

    /// <summary>Gets the board's I2C buses, made when they are asked for.</summary>
    public I2cBuses Buses => _buses ??= new I2cBuses(_pins, _peripherals);

    /// <summary>Makes a part; it holds its pins, and nothing else was done.</summary>
    /// <param name="spec">What it is.</param>
    /// <returns>The part.</returns>
    /// <exception cref="InvalidOperationException">A pin or an address is somebody else's.</exception>
    public WiredPart Make(WiredSpec spec)
    {
        if (spec is InputSpec input)
        {
            EventTarget about = input.HasEvents ? new EventTarget("Node", null, _nodeName, _nodeName, "inputs{" + spec.Name + "}") : null;
            return new DigitalInput(input, ClaimPin(input.Pin, spec), about);
        }

        if (spec is AnalogSpec analog)
        {
            return new AnalogSensor(analog, ClaimPin(_peripherals.AnalogPin(analog.Channel), spec), _peripherals, _clock);
        }

        if (spec is I2cSpec i2c)
        {
            _buffer ??= new byte[MaxTransfer];
            return new I2cSensor(i2c, Buses.Claim(i2c.Bus, i2c.Address, Holder), _buffer, _clock);
        }

        PwmSpec pwm = (PwmSpec)spec;
        return new PwmOutput(pwm, ClaimPin(pwm.Pin, spec), _peripherals);
    }

    private PinClaim ClaimPin(int pin, WiredSpec spec)
    {
        return PinClaim.Take(_pins, 1UL << pin, ConfigurationKeys.NameOf(spec.Kind) + " " + spec.Name);
    }
}
