using PicoKubelet.Text;

namespace PicoKubelet.Wiring;

/// <summary>An analog input: <c>battery=0 scale:0.0016 unit:volts</c>.</summary>
public sealed class AnalogSpec : SensorSpec
{
    /// <summary>Initializes the input.</summary>
    /// <param name="name">The name.</param>
    /// <param name="channel">The converter's channel.</param>
    public AnalogSpec(string name, int channel)
        : base(name)
    {
        Channel = channel;
    }

    /// <inheritdoc/>
    public override WiredKind Kind => WiredKind.Analog;

    /// <inheritdoc/>
    public override string Source => "analog";

    /// <summary>Gets the converter's channel.</summary>
    public int Channel { get; }

    /// <inheritdoc/>
    public override bool IsSameAs(WiredSpec other)
    {
        return Channel == ((AnalogSpec)other).Channel && base.IsSameAs(other);
    }

    /// <inheritdoc/>
    public override void Write(Utf8Writer output)
    {
        output.Write(Channel);
        base.Write(output);
    }
}
