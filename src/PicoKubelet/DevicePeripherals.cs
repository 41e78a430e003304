using System;
using System.Device.Adc;
using System.Device.I2c;
using System.Device.Pwm;
using PicoKubelet.Hardware;

namespace PicoKubelet;

/// <summary>The microcontroller's converter, its I2C buses and its outputs of pulses.</summary>
internal sealed class DevicePeripherals : IPeripherals
{
    // A Pico has 8 slices of two outputs and one frequency each; GPIO0 and GPIO1 are the first, GPIO16 and GPIO17 the first again (RP2040 data sheet, 4.5.2).
    private const int SlicePins = 16;

    // One a slice; an ESP32's runtime gives none.
    private const int MaxPwm = 8;

    private readonly string _targetName;
    private readonly DevicePins _levels;
    private readonly object _gate = new object();
    private PwmChannel[] _channels;
    private int[] _pins;
    private AdcController _adc;

    /// <summary>Initializes the peripherals; none is touched.</summary>
    /// <param name="targetName">The name of the CLR's build target.</param>
    /// <param name="levels">The pins, which let go of those that are used here.</param>
    public DevicePeripherals(string targetName, DevicePins levels)
    {
        _targetName = targetName;
        _levels = levels;
    }

    // Made when it is asked for, which is seldom.
    private BoardProfile Profile => BoardProfiles.ForTarget(_targetName);

    /// <inheritdoc/>
    public int AnalogPin(int channel) => Profile.AnalogPin(channel);

    /// <inheritdoc/>
    public int ReadAnalog(int channel)
    {
        lock (_gate)
        {
            _adc ??= new AdcController();
            _levels.LetGo(AnalogPin(channel));

            // Opened for a look, which costs next to nothing: what is kept open could be left behind.
            AdcChannel opened = _adc.OpenChannel(channel);
            try
            {
                return opened.ReadValue();
            }
            finally
            {
                opened.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public ulong I2cPins(int bus)
    {
        BoardProfile profile = Profile;
        int data = profile.I2cDataPin(bus < 0 ? profile.FirstI2cBus : bus);
        return data < 0 ? 0 : 3UL << data;
    }

    /// <inheritdoc/>
    public void TransferI2c(int bus, int address, byte[] buffer, int writeCount, int readCount)
    {
        BoardProfile profile = Profile;
        bus = bus < 0 ? profile.FirstI2cBus : bus;
        _levels.LetGo(profile.I2cDataPin(bus));
        _levels.LetGo(profile.I2cDataPin(bus) + 1);

        // One at a time: a Pico's runtime (July 2026) bears no second device on a bus that has one.
        I2cDevice device = I2cDevice.Create(new I2cConnectionSettings(bus, address, I2cBusSpeed.StandardMode));
        try
        {
            byte[] written = new byte[writeCount];
            Array.Copy(buffer, written, writeCount);
            byte[] answer = new byte[readCount];
            I2cTransferResult result = readCount == 0 ? device.Write(written) : writeCount == 0 ? device.Read(answer) : device.WriteRead(written, answer);
            Array.Copy(answer, buffer, readCount);
            if (result.Status != I2cTransferStatus.FullTransfer)
            {
                throw new InvalidOperationException("does not answer at 0x" + address.ToString("X2"));
            }
        }
        finally
        {
            device.Dispose();
        }
    }

    /// <inheritdoc/>
    public void StartPwm(int pin, int frequency, int duty)
    {
        lock (_gate)
        {
            _channels ??= new PwmChannel[MaxPwm];
            _pins ??= new int[MaxPwm];
            int place = PlaceFor(pin);
            PwmChannel channel = _channels[place];
            if (channel != null)
            {
                if (channel.Frequency != frequency)
                {
                    channel.Frequency = frequency;
                }

                channel.DutyCycle = duty / 1000.0;
                return;
            }

            _levels.LetGo(pin);
            channel = PwmChannel.CreateFromPin(pin, frequency, duty / 1000.0);
            if (channel == null)
            {
                throw new InvalidOperationException("pin " + pin.ToString() + " has no PWM in this runtime");
            }

            _channels[place] = channel;
            _pins[place] = pin;
            channel.Start();
        }
    }

    /// <inheritdoc/>
    public void StopPwm(int pin)
    {
        lock (_gate)
        {
            for (int i = 0; i < MaxPwm && _channels != null; i++)
            {
                if (_channels[i] != null && _pins[i] == pin)
                {
                    PwmChannel channel = _channels[i];
                    _channels[i] = null;
                    channel.Stop();
                    channel.Dispose();
                }
            }
        }
    }

    /// <returns>Where a pin's channel is, or is to be.</returns>
    private int PlaceFor(int pin)
    {
        bool isPico = _targetName.StartsWith("PICO");
        int place = 0;
        for (int i = 0; i < MaxPwm; i++)
        {
            if (_channels[i] == null)
            {
                place = i;
            }
            else if (_pins[i] == pin)
            {
                return i;
            }
            else if (isPico && _pins[i] % SlicePins / 2 == pin % SlicePins / 2)
            {
                throw new InvalidOperationException("pin " + pin.ToString() + " has its PWM slice in common with pin " + _pins[i].ToString());
            }
        }

        return place;
    }
}
