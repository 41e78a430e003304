using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The pins of a simulated board, with the LED and the button that the real one has.</summary>
internal sealed class SimulatedPins : IPins
{
    private const int PinCount = 64;

    // What looks at inputs does so some times a second.
    private const int ReadMilliseconds = 3000;

    private readonly BoardProfile _profile;
    private readonly long[] _readAt = new long[PinCount];
    private long _levels;
    private long _driven;
    private long _drivenHigh;
    private long _readHigh;
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
        Set(ref _levels, pin, isHigh);
    }

    /// <summary>Drives a pin from outside, as what is wired to it does.</summary>
    /// <param name="pin">The pin's number, 0 to 63.</param>
    /// <param name="level">Whether it is high, or null to let it float.</param>
    public void Drive(int pin, bool? level)
    {
        Set(ref _drivenHigh, pin, level == true);
        Set(ref _driven, pin, level is not null);
    }

    /// <summary>Gets the pins that the board reads, now and again.</summary>
    public IEnumerable<int> Inputs => Enumerable.Range(0, PinCount).Where(pin => Volatile.Read(ref _readAt[pin]) is long at and > 0 && Environment.TickCount64 - at < ReadMilliseconds);

    public bool Read(int pin, PinPull pull)
    {
        // The button pulls its own pin low; what nothing drives has its pull.
        bool isPressed = pin == _profile.ButtonPin && _isButtonHeld;
        bool isHigh = !isPressed && (IsSet(ref _driven, pin) ? IsSet(ref _drivenHigh, pin) : pull == PinPull.Up);
        Set(ref _readHigh, pin, isHigh);
        Volatile.Write(ref _readAt[pin], Environment.TickCount64);
        return isHigh;
    }

    /// <summary>Gets what an input was read as last.</summary>
    public bool IsInputHigh(int pin)
    {
        return IsSet(ref _readHigh, pin);
    }

    public void WriteLed(bool isOn)
    {
        _isLedOn = isOn && HasLed;
    }

    public bool IsHigh(int pin)
    {
        return IsSet(ref _levels, pin);
    }

    private static bool IsSet(ref long mask, int pin)
    {
        return (Interlocked.Read(ref mask) & (1L << pin)) != 0;
    }

    private static void Set(ref long mask, int pin, bool isSet)
    {
        if (isSet)
        {
            Interlocked.Or(ref mask, 1L << pin);
        }
        else
        {
            Interlocked.And(ref mask, ~(1L << pin));
        }
    }
}
