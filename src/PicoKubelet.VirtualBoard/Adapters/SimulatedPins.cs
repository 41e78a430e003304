using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The pins of a simulated board, of which nothing hangs but an LED.</summary>
internal sealed class SimulatedPins : IPins
{
    private readonly BoardProfile _profile;
    private long _levels;
    private volatile bool _isLedOn;
    private volatile bool _isButtonHeld;

    public SimulatedPins(string targetName)
    {
        _profile = BoardProfiles.ForTarget(targetName);
    }

    // Also where the real board's LED can not be reached by a pin: there is something to see then.
    public bool HasLed => true;

    public bool IsLedOn => _isLedOn;

    // Also where the real board has no button that programs can read.
    public bool IsButtonHeld
    {
        get => _isButtonHeld;
        set => _isButtonHeld = value;
    }

    public bool IsFree(int pin)
    {
        return _profile.IsFreePin(pin);
    }

    public void Write(int pin, bool isHigh)
    {
        long mask = 1L << pin;
        if (isHigh)
        {
            Interlocked.Or(ref _levels, mask);
        }
        else
        {
            Interlocked.And(ref _levels, ~mask);
        }
    }

    public void WriteLed(bool isOn)
    {
        _isLedOn = isOn;
    }

    public bool IsHigh(int pin)
    {
        return (Interlocked.Read(ref _levels) & (1L << pin)) != 0;
    }
}
