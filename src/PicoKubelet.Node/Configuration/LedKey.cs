using PicoKubelet.Outputs;
using PicoKubelet.Text;

namespace PicoKubelet.Configuration;

/// <summary>The key whose value is what the LED shows.</summary>
internal sealed class LedKey : ConfigurationKey
{
    private const int LongestText = 32;

    // Faster is a dim light, and each change costs a wake-up.
    private const int Fastest = 50;
    private const int Slowest = 10000;

    /// <summary>Initializes the key.</summary>
    /// <param name="name">Its name in the ConfigMap.</param>
    public LedKey(string name)
        : base(name, LongestText)
    {
    }

    /// <inheritdoc/>
    public override string Range => "status, on, off or blink:N, N milliseconds from 50 to 10000 for each half";

    /// <inheritdoc/>
    public override void Write(Utf8Writer output, ConfigurationValues values)
    {
        int led = values.Number(ConfigurationNumber.Led);
        if (led <= LedDisplay.On)
        {
            output.Write(led == LedDisplay.On ? "on" : led == LedDisplay.Off ? "off" : "status");
            return;
        }

        output.Write("blink:");
        output.Write(led);
    }

    /// <inheritdoc/>
    public override void Copy(ConfigurationValues from, ConfigurationValues to)
    {
        to.SetNumber(ConfigurationNumber.Led, from.Number(ConfigurationNumber.Led));
    }

    /// <inheritdoc/>
    public override bool AreSame(ConfigurationValues one, ConfigurationValues other)
    {
        return one.Number(ConfigurationNumber.Led) == other.Number(ConfigurationNumber.Led);
    }

    /// <inheritdoc/>
    protected override string ReadText(ConfigurationText text, ConfigurationValues values, ConfigurationScope scope)
    {
        int led;
        if (text.PartIs("status"))
        {
            led = LedDisplay.Status;
        }
        else if (text.PartIs("on"))
        {
            led = LedDisplay.On;
        }
        else if (text.PartIs("off"))
        {
            led = LedDisplay.Off;
        }
        else if (!text.TrySplit(':', out string word) || word != "blink" || !text.TryGetNumber(out led) || led < Fastest || led > Slowest)
        {
            return "must be " + Range;
        }

        if (led >= LedDisplay.On && (scope.Pins == null || !scope.Pins.HasLed))
        {
            return "must be off or status: this board has no LED that programs can reach";
        }

        values.SetNumber(ConfigurationNumber.Led, led);
        return null;
    }
}
