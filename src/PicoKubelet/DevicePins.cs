using System.Device.Gpio;
using PicoKubelet.Hardware;

namespace PicoKubelet;

/// <summary>The pins of the microcontroller, as far as the board's profile leaves them free.</summary>
internal sealed class DevicePins : IPins
{
    private readonly GpioController _controller = new GpioController();
    private readonly string _targetName;
    private readonly int _ledPin;

    // The pins that are inputs, a bit each, by their pull: asking the controller takes longer than reading.
    private readonly ulong[] _read = new ulong[3];

    /// <summary>Initializes the pins; none is touched.</summary>
    /// <param name="targetName">The name of the CLR's build target.</param>
    public DevicePins(string targetName)
    {
        _targetName = targetName;
        _ledPin = Profile.LedPin;
    }

    // Made when it is asked for, which is seldom: the firmware keeps one already.
    private BoardProfile Profile => BoardProfiles.ForTarget(_targetName);

    /// <inheritdoc/>
    public bool HasLed => _ledPin >= 0;

    /// <inheritdoc/>
    public bool IsButtonHeld
    {
        get
        {
            int pin = Profile.ButtonPin;
            if (pin < 0)
            {
                return false;
            }

            if (!_controller.IsPinOpen(pin))
            {
                _controller.OpenPin(pin, PinMode.InputPullUp);
            }

            return _controller.Read(pin) == PinValue.Low;
        }
    }

    /// <inheritdoc/>
    public bool IsFree(int pin) => Profile.IsFreePin(pin);

    /// <inheritdoc/>
    public void Write(int pin, bool isHigh)
    {
        Forget(pin);
        if (!_controller.IsPinOpen(pin))
        {
            _controller.OpenPin(pin, PinMode.Output);
        }
        else if (_controller.GetPinMode(pin) != PinMode.Output)
        {
            // A program has read it before.
            _controller.SetPinMode(pin, PinMode.Output);
        }

        _controller.Write(pin, isHigh ? PinValue.High : PinValue.Low);
    }

    /// <inheritdoc/>
    public bool Read(int pin, PinPull pull)
    {
        if ((_read[(int)pull] & (1UL << pin)) == 0)
        {
            OpenInput(pin, pull);
        }

        return (bool)_controller.Read(pin);
    }

    /// <summary>Lets go of a pin that something else of the chip is to use; the next read or write takes it again.</summary>
    /// <param name="pin">The pin.</param>
    public void LetGo(int pin)
    {
        Forget(pin);
        if (_controller.IsPinOpen(pin))
        {
            _controller.ClosePin(pin);
        }
    }

    /// <inheritdoc/>
    public void WriteLed(bool isOn)
    {
        if (HasLed)
        {
            Write(_ledPin, isOn);
        }
    }

    private void OpenInput(int pin, PinPull pull)
    {
        Forget(pin);
        PinMode mode = pull == PinPull.Up ? PinMode.InputPullUp : pull == PinPull.Down ? PinMode.InputPullDown : PinMode.Input;
        if (!_controller.IsPinOpen(pin))
        {
            _controller.OpenPin(pin, mode);
        }
        else if (_controller.GetPinMode(pin) != mode)
        {
            _controller.SetPinMode(pin, mode);
        }

        _read[(int)pull] |= 1UL << pin;
    }

    private void Forget(int pin)
    {
        for (int i = 0; i < _read.Length; i++)
        {
            _read[i] &= ~(1UL << pin);
        }
    }
}
