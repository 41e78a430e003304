using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Wiring;

namespace PicoKubelet.Inputs;

/// <summary>An analog input in use.</summary>
internal sealed class AnalogSensor : Sensor
{
    private readonly IPeripherals _peripherals;
    private readonly int _channel;

    public AnalogSensor(AnalogSpec spec, PinClaim claim, IPeripherals peripherals, IClock clock)
        : base(spec, claim, clock)
    {
        _peripherals = peripherals;
        _channel = spec.Channel;
    }

    /// <inheritdoc/>
    protected override int Step(out long reading)
    {
        reading = _peripherals.ReadAnalog(_channel);
        return 0;
    }
}
