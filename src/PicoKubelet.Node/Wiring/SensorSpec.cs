using PicoKubelet.Text;

namespace PicoKubelet.Wiring;

/// <summary>Something that is measured now and then: what was read, times a scale, plus an offset, is a value with a unit.</summary>
public abstract class SensorSpec : WiredSpec
{
    /// <summary>The unit where the line says none: what was read is no quantity yet.</summary>
    public const string DefaultUnit = "raw";

    /// <summary>The time between two measurements where the line does not say, seconds.</summary>
    public const int DefaultEvery = 10;

    /// <summary>Initializes the sensor.</summary>
    /// <param name="name">The name.</param>
    protected SensorSpec(string name)
        : base(name)
    {
    }

    /// <summary>Gets the word for where it is read.</summary>
    public abstract string Source { get; }

    /// <summary>Gets what the reading is multiplied by; from -1000 to 1000.</summary>
    public FixedNumber Scale { get; set; } = FixedNumber.One;

    /// <summary>Gets what is added to the product.</summary>
    public FixedNumber Offset { get; set; } = FixedNumber.Zero;

    /// <summary>Gets the unit, a word as Prometheus has it: <c>celsius</c>.</summary>
    public string Unit { get; set; } = DefaultUnit;

    /// <summary>Gets the time between two measurements, seconds.</summary>
    public int Every { get; set; } = DefaultEvery;

    /// <summary>Makes a value of a reading.</summary>
    /// <param name="reading">What was read, at most 32 bits.</param>
    /// <returns>The value, in millionths of the unit.</returns>
    public long ValueOf(long reading)
    {
        return Scale.MillionthsTimes(reading) + Offset.MillionthsTimes(1);
    }

    /// <inheritdoc/>
    public override bool IsSameAs(WiredSpec other)
    {
        SensorSpec sensor = (SensorSpec)other;
        return Scale.IsSameAs(sensor.Scale) && Offset.IsSameAs(sensor.Offset) && Unit == sensor.Unit && Every == sensor.Every;
    }

    /// <inheritdoc/>
    public override void Write(Utf8Writer output)
    {
        if (!Scale.IsSameAs(FixedNumber.One))
        {
            output.Write(" scale:");
            Scale.Write(output);
        }

        if (!Offset.IsSameAs(FixedNumber.Zero))
        {
            output.Write(" offset:");
            Offset.Write(output);
        }

        if (Unit != DefaultUnit)
        {
            output.Write(" unit:");
            output.Write(Unit);
        }

        if (Every != DefaultEvery)
        {
            output.Write(" every:");
            output.Write(Every);
        }
    }
}
