using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Wiring;

namespace PicoKubelet.Inputs;

/// <summary>A sensor in use: what was measured last, and when it is due again.</summary>
public abstract class Sensor : WiredPart
{
    private const long Never = -1;

    private readonly IClock _clock;
    private long _due;
    private long _measured = Never;

    /// <summary>Initializes the sensor.</summary>
    /// <param name="spec">What it is.</param>
    /// <param name="claim">Its pins, or null where others hold them.</param>
    /// <param name="clock">The monotonic clock.</param>
    internal Sensor(SensorSpec spec, PinClaim claim, IClock clock)
        : base(spec, claim)
    {
        Quantity = spec;
        _clock = clock;
    }

    /// <summary>Gets what it measures.</summary>
    public SensorSpec Quantity { get; }

    /// <summary>Gets whether the last measurement gave a value.</summary>
    public bool HasValue => _measured != Never;

    /// <summary>Gets the last measurement's value, in millionths of the unit.</summary>
    public long Value { get; private set; }

    /// <summary>Gets the time since the last measurement that gave a value, milliseconds.</summary>
    public long Age => _clock.Milliseconds - _measured;

    /// <summary>Gets whether it is due.</summary>
    internal bool IsDue => _clock.Milliseconds >= _due;

    /// <inheritdoc/>
    internal override void Open()
    {
        Measure();
    }

    /// <summary>Does the next step of a measurement, which takes a few milliseconds at most.</summary>
    internal void Measure()
    {
        // One that fails is tried again no sooner than one that does not.
        _due = _clock.Milliseconds + (Quantity.Every * 1000);
        try
        {
            int wait = Step(out long reading);
            if (wait > 0)
            {
                _due = _clock.Milliseconds + wait;
                return;
            }

            Value = Quantity.ValueOf(reading);
            _measured = _clock.Milliseconds;
        }
        catch
        {
            // No value is better than an old one.
            _measured = Never;
            throw;
        }
    }

    /// <summary>Does a step. What does not work throws; the next step is then the first again.</summary>
    /// <param name="reading">What was read, where it was the last step.</param>
    /// <returns>0 where it was the last step; otherwise how long to wait for the next one, milliseconds.</returns>
    protected abstract int Step(out long reading);
}
