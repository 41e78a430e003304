using System.Device.Gpio;
using PicoKubelet.Hardware;

namespace PicoKubelet;

/// <summary>The pins of the microcontroller, as far as the board's profile leaves them free.</summary>
internal sealed class DevicePins : IPins
{
    private readonly GpioController _controller = new GpioController();
    private readonly string _targetName;
    private readonly int _ledPin;

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
    public bool Read(int pin)
    {
        if (!_controller.IsPinOpen(pin))
        {
            _controller.OpenPin(pin, PinMode.InputPullUp);
        }
        else if (_controller.GetPinMode(pin) != PinMode.InputPullUp)
        {
            _controller.SetPinMode(pin, PinMode.InputPullUp);
        }

        return _controller.Read(pin) == PinValue.High;
    }

    /// <inheritdoc/>
    public void WriteLed(bool isOn)
    {
        if (HasLed)
        {
            Write(_ledPin, isOn);
        }
    }
}
