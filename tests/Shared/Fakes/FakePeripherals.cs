using System;
using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Fakes;

/// <summary>Channels 0 to 2 at pins 3 to 5, a bus 0 at the pins 4 and 5, and one device on it.</summary>
internal sealed class FakePeripherals : IPeripherals
{
    /// <summary>What was done, in its order: <c>pwm 2 1000 400;</c>, <c>w44 2400;</c>, <c>r44 6;</c>.</summary>
    public string Text { get; set; } = "";

    /// <summary>What every channel reads; negative for a converter that fails.</summary>
    public int Analog { get; set; }

    /// <summary>What the device answers; null for none there.</summary>
    public byte[] Answer { get; set; }

    /// <summary>The pin that can send no pulses.</summary>
    public int PinWithoutPwm { get; set; } = -1;

    public int AnalogPin(int channel)
    {
        return channel < 3 ? 3 + channel : -1;
    }

    public int ReadAnalog(int channel)
    {
        if (Analog < 0)
        {
            throw new InvalidOperationException("does not convert");
        }

        return Analog;
    }

    public ulong I2cPins(int bus)
    {
        return bus <= 0 ? 0x30UL : 0;
    }

    public void TransferI2c(int bus, int address, byte[] buffer, int writeCount, int readCount)
    {
        if (Answer == null)
        {
            throw new InvalidOperationException("does not answer");
        }

        string written = "";
        for (int i = 0; i < writeCount; i++)
        {
            written += buffer[i].ToString("X2");
        }

        Text += (writeCount > 0 ? "w" + address.ToString("X2") + " " + written + ";" : "") + (readCount > 0 ? "r" + address.ToString("X2") + " " + readCount.ToString() + ";" : "");
        for (int i = 0; i < readCount; i++)
        {
            buffer[i] = i < Answer.Length ? Answer[i] : (byte)0xFF;
        }
    }

    public void StartPwm(int pin, int frequency, int duty)
    {
        if (pin == PinWithoutPwm)
        {
            throw new InvalidOperationException("has no PWM");
        }

        Text += "pwm " + pin.ToString() + " " + frequency.ToString() + " " + duty.ToString() + ";";
    }

    public void StopPwm(int pin)
    {
        Text += "end " + pin.ToString() + ";";
    }
}
