using PicoKubelet.Text;

namespace PicoKubelet.Configuration;

/// <summary>A key whose value is a whole number.</summary>
internal sealed class NumberKey : ConfigurationKey
{
    private const int LongestNumber = 16;

    private readonly ConfigurationNumber _which;
    private readonly int _from;
    private readonly int _to;

    public NumberKey(string name, ConfigurationNumber which, int from, int to)
        : base(name, LongestNumber)
    {
        _which = which;
        _from = from;
        _to = to;
    }

    /// <inheritdoc/>
    public override string Range => "a whole number from " + _from.ToString() + " to " + _to.ToString();

    /// <inheritdoc/>
    public override void Write(Utf8Writer output, ConfigurationValues values)
    {
        output.Write(values.Number(_which));
    }

    /// <inheritdoc/>
    public override void Copy(ConfigurationValues from, ConfigurationValues to)
    {
        to.SetNumber(_which, from.Number(_which));
    }

    /// <inheritdoc/>
    public override bool AreSame(ConfigurationValues one, ConfigurationValues other)
    {
        return one.Number(_which) == other.Number(_which);
    }

    /// <inheritdoc/>
    protected override string ReadText(ConfigurationText text, ConfigurationValues values, ConfigurationScope scope)
    {
        if (!text.TryGetNumber(out int number) || number < _from || number > _to)
        {
            return "must be " + Range;
        }

        values.SetNumber(_which, number);
        return null;
    }
}
