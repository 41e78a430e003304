using System;
using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Fakes;

/// <summary>Pins 2 to 5 and 40, and an LED.</summary>
internal sealed class FakePins : IPins
{
    public bool HasLed { get; set; } = true;

    public bool IsLedOn { get; private set; }

    public bool IsButtonHeld { get; set; }

    public bool LedFails { get; set; }

    public int FailingPin { get; set; } = -1;

    public int LedWrites { get; private set; }

    public int LastPin { get; private set; } = -1;

    public bool LastLevel { get; private set; }

    public bool IsFree(int pin)
    {
        return (pin >= 2 && pin <= 5) || pin == 40;
    }

    public void Write(int pin, bool isHigh)
    {
        if (pin == FailingPin)
        {
            throw new InvalidOperationException("does not answer");
        }

        LastPin = pin;
        LastLevel = isHigh;
    }

    /// <summary>The pin that something pulls low.</summary>
    public int LowPin { get; set; } = -1;

    /// <summary>The pull that the last read asked for.</summary>
    public PinPull LastPull { get; private set; }

    public bool Read(int pin, PinPull pull)
    {
        if (pin == FailingPin)
        {
            throw new InvalidOperationException("does not answer");
        }

        LastPull = pull;
        return pin != LowPin;
    }

    public void WriteLed(bool isOn)
    {
        if (LedFails)
        {
            throw new InvalidOperationException("does not answer");
        }

        IsLedOn = isOn;
        LedWrites++;
    }
}
