using PicoKubelet.Text;

namespace PicoKubelet.Configuration;

/// <summary>A key whose value is one of a few words; the word's place in the list is what is kept.</summary>
internal sealed class ChoiceKey : ConfigurationKey
{
    private const int LongestWord = 32;

    private readonly ConfigurationNumber _which;
    private readonly string[] _words;

    public ChoiceKey(string name, ConfigurationNumber which, string[] words)
        : base(name, LongestWord)
    {
        _which = which;
        _words = words;
    }

    /// <inheritdoc/>
    public override string Range => List(_words);

    /// <inheritdoc/>
    public override void Write(Utf8Writer output, ConfigurationValues values)
    {
        output.Write(_words[values.Number(_which)]);
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
        for (int i = 0; i < _words.Length; i++)
        {
            if (text.PartIs(_words[i]))
            {
                values.SetNumber(_which, i);
                return null;
            }
        }

        return "must be " + Range;
    }

    private static string List(string[] words)
    {
        string list = words[0];
        for (int i = 1; i < words.Length; i++)
        {
            list += (i < words.Length - 1 ? ", " : " or ") + words[i];
        }

        return list;
    }
}
