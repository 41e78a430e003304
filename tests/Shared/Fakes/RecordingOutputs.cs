using System;
using PicoKubelet.Outputs;

namespace PicoKubelet.Tests.Fakes;

/// <summary>Outputs that only remember.</summary>
internal sealed class RecordingOutputs : IOutputs
{
    /// <summary>What was done, in its order: <c>led 500</c>, <c>pin 2 high</c>.</summary>
    public string Text { get; private set; } = "";

    /// <summary>What throws, as the beginning of what would be remembered: <c>led</c>, <c>pin 2</c>; null for nothing.</summary>
    public string Fails { get; set; }

    /// <summary>What is thrown then.</summary>
    public Exception Failure { get; set; } = new InvalidOperationException("does not answer");

    public void ShowLed(int led)
    {
        Do("led " + led.ToString());
    }

    public void WritePin(int pin, bool isHigh)
    {
        Do("pin " + pin.ToString() + (isHigh ? " high" : " low"));
    }

    public void ReleasePin(int pin)
    {
        Do("pin " + pin.ToString() + " low");
    }

    /// <summary>Remembers something, or throws.</summary>
    public void Do(string what)
    {
        if (Fails != null && what.StartsWith(Fails))
        {
            throw Failure;
        }

        Text += what + ";";
    }
}
