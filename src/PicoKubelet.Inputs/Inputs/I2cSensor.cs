using System;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Wiring;

namespace PicoKubelet.Inputs;

/// <summary>A sensor on an I2C bus in use.</summary>
internal sealed class I2cSensor : Sensor
{
    private readonly I2cSpec _spec;
    private readonly I2cClaim _device;
    private readonly byte[] _buffer;
    private bool _isMeasuring;

    /// <summary>Initializes the sensor.</summary>
    /// <param name="spec">What it is.</param>
    /// <param name="device">Its address on its bus.</param>
    /// <param name="buffer">What is written, and then the answer: of one sensor at a time.</param>
    /// <param name="clock">The monotonic clock.</param>
    public I2cSensor(I2cSpec spec, I2cClaim device, byte[] buffer, IClock clock)
        : base(spec, null, clock)
    {
        _spec = spec;
        _device = device;
        _buffer = buffer;
    }

    /// <inheritdoc/>
    internal override void Close()
    {
        _device.Release();
    }

    /// <inheritdoc/>
    protected override int Step(out long reading)
    {
        reading = 0;
        bool isSetUp = _isMeasuring;
        _isMeasuring = false;
        if (!isSetUp && _spec.Setup.Count > 0)
        {
            _spec.Setup.CopyTo(_buffer);
            _device.Transfer(_buffer, _spec.Setup.Count, 0);
            if (_spec.Wait > 0)
            {
                _isMeasuring = true;
                return _spec.Wait;
            }
        }

        _spec.Register.CopyTo(_buffer);
        _device.Transfer(_buffer, _spec.Register.Count, _spec.At + _spec.Bytes + (_spec.HasChecksum ? 1 : 0));
        if (_spec.HasChecksum && Crc8.Of(_buffer, _spec.At, _spec.Bytes) != _buffer[_spec.At + _spec.Bytes])
        {
            throw new InvalidOperationException("has a wrong checksum");
        }

        reading = Read(_buffer);
        return 0;
    }

    private long Read(byte[] buffer)
    {
        long value = 0;
        for (int i = 0; i < _spec.Bytes; i++)
        {
            int place = _spec.IsLittleEndian ? _spec.Bytes - 1 - i : i;
            value = (value << 8) | buffer[_spec.At + place];
        }

        long sign = 1L << ((8 * _spec.Bytes) - 1);
        return _spec.IsSigned && value >= sign ? value - (2 * sign) : value;
    }
}
