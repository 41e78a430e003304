using PicoKubelet.Events;
using PicoKubelet.Outputs;
using PicoKubelet.Wiring;

namespace PicoKubelet.Inputs;

/// <summary>A digital input in use: its level once it stayed for a while, and how often that changed.</summary>
public sealed class DigitalInput : WiredPart
{
    private readonly InputSpec _input;
    private readonly WatchedPin _pin;

    /// <summary>Initializes the input.</summary>
    /// <param name="spec">What it is.</param>
    /// <param name="claim">Its pin.</param>
    /// <param name="about">What its Events are about, which bounds them too, or null where it has none.</param>
    internal DigitalInput(InputSpec spec, PinClaim claim, EventTarget about)
        : base(spec, claim)
    {
        _input = spec;
        _pin = new WatchedPin(claim, spec.Pin, spec.Pull, spec.Debounce);
        About = about;
    }

    /// <summary>Gets the pin's number.</summary>
    public int Pin => _input.Pin;

    /// <summary>Gets whether it is on: high, or low where it is inverted.</summary>
    public bool IsOn => _pin.IsHigh ^ _input.IsInverted;

    /// <summary>Gets how often it went on or off since it is in use.</summary>
    public int Edges => _pin.Edges;

    /// <summary>Gets what its Events are about, or null where it has none.</summary>
    internal EventTarget About { get; }

    /// <inheritdoc/>
    internal override void Open()
    {
        _pin.Begin();
    }

    /// <summary>Reads the level.</summary>
    /// <param name="now">The time, in the clock's milliseconds.</param>
    /// <returns>Whether this is an edge.</returns>
    internal bool Sample(long now)
    {
        return _pin.Sample(now);
    }
}
