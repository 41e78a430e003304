using PicoKubelet.Configuration;

namespace PicoKubelet.Tests.Fakes;

/// <summary>Outputs that only remember.</summary>
internal sealed class RecordingOutputs : IOutputs
{
    /// <summary>What was done, in its order: <c>led 500</c>, <c>pin 2 high</c>.</summary>
    public string Text { get; private set; } = "";

    public void ShowLed(int led)
    {
        Text += "led " + led.ToString() + ";";
    }

    public void WritePin(int pin, bool isHigh)
    {
        Text += "pin " + pin.ToString() + (isHigh ? " high;" : " low;");
    }
}
