using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Wiring;

namespace PicoKubelet.Inputs;

/// <summary>An output of pulses in use.</summary>
public sealed class PwmOutput : WiredPart
{
    private readonly IPeripherals _peripherals;

    /// <summary>Initializes the output.</summary>
    /// <param name="spec">What it is.</param>
    /// <param name="claim">Its pin.</param>
    /// <param name="peripherals">What sends the pulses.</param>
    internal PwmOutput(PwmSpec spec, PinClaim claim, IPeripherals peripherals)
        : base(spec, claim)
    {
        Pulses = spec;
        _peripherals = peripherals;
    }

    /// <summary>Gets what it sends.</summary>
    public PwmSpec Pulses { get; }

    /// <inheritdoc/>
    internal override void Open()
    {
        _peripherals.StartPwm(Pulses.Pin, Pulses.Frequency, Pulses.Duty);
    }

    /// <inheritdoc/>
    internal override void Close()
    {
        try
        {
            _peripherals.StopPwm(Pulses.Pin);
        }
        finally
        {
            base.Close();
        }
    }
}
