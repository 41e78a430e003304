using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The pins of a simulated board, with the LED and the button that the real one has.</summary>
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

    public bool HasLed => _profile.HasLed;

    public bool IsLedOn => _isLedOn;

    public bool IsButtonHeld
    {
        get => _isButtonHeld && _profile.HasButton;
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

    public bool Read(int pin)
    {
        // A simulated pin has nothing but its pull-up; the button pulls its own low.
        return pin != _profile.ButtonPin || !_isButtonHeld;
    }

    public void WriteLed(bool isOn)
    {
        _isLedOn = isOn && HasLed;
    }

    public bool IsHigh(int pin)
    {
        return (Interlocked.Read(ref _levels) & (1L << pin)) != 0;
    }
}
