using System.Collections.Concurrent;
using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The converter, the I2C buses and the outputs of pulses of a simulated board: what is wired to them answers as it was told to.</summary>
internal sealed class SimulatedPeripherals : IPeripherals
{
    // Half of 12 bits: nothing in particular.
    private const int Floating = 2048;

    private readonly BoardProfile _profile;
    private readonly ConcurrentDictionary<int, int> _analog = new();
    private readonly ConcurrentDictionary<int, (int Frequency, int Duty)> _pulses = new();
    private readonly ConcurrentDictionary<int, byte[]> _answers = new();

    public SimulatedPeripherals(string targetName)
    {
        _profile = BoardProfiles.ForTarget(targetName);
    }

    /// <summary>Gets the outputs of pulses in words: <c>16~40%</c>.</summary>
    public string Pulses => string.Join(' ', _pulses.OrderBy(output => output.Key).Select(output => $"{output.Key}~{output.Value.Duty / 10.0}%"));

    /// <summary>Sets what the converter reads of a channel.</summary>
    public void SetAnalog(int channel, int value)
    {
        _analog[channel] = value;
    }

    /// <summary>Sets what the device of an address answers, or null for none there.</summary>
    public void SetI2c(int address, byte[]? answer)
    {
        if (answer is null)
        {
            _answers.TryRemove(address, out _);
        }
        else
        {
            _answers[address] = answer;
        }
    }

    public int AnalogPin(int channel) => _profile.AnalogPin(channel);

    public int ReadAnalog(int channel) => _analog.GetValueOrDefault(channel, Floating);

    public ulong I2cPins(int bus)
    {
        int data = _profile.I2cDataPin(bus < 0 ? _profile.FirstI2cBus : bus);
        return data < 0 ? 0 : 3UL << data;
    }

    public void TransferI2c(int bus, int address, byte[] buffer, int writeCount, int readCount)
    {
        if (!_answers.TryGetValue(address, out byte[]? answer))
        {
            throw new InvalidOperationException($"does not answer at 0x{address:X2}");
        }

        for (int i = 0; i < readCount; i++)
        {
            buffer[i] = i < answer.Length ? answer[i] : (byte)0xFF;
        }
    }

    public void StartPwm(int pin, int frequency, int duty)
    {
        _pulses[pin] = (frequency, duty);
    }

    public void StopPwm(int pin)
    {
        _pulses.TryRemove(pin, out _);
    }
}
