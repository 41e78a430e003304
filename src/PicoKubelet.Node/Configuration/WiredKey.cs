using PicoKubelet.Settings;
using PicoKubelet.Text;
using PicoKubelet.Wiring;

namespace PicoKubelet.Configuration;

/// <summary>A key whose value describes what is wired to the board, one <c>name=…</c> a line.</summary>
internal abstract class WiredKey : ConfigurationKey
{
    private const int LongestList = 512;

    // A name is in the labels of metrics, in Events and in messages.
    private const int LongestName = 32;
    private const char NoSeparator = '\n';

    private readonly WiredKind _kind;
    private readonly int _most;

    /// <summary>Initializes the key.</summary>
    /// <param name="name">Its name in the ConfigMap.</param>
    /// <param name="kind">What it describes.</param>
    /// <param name="most">The most lines.</param>
    /// <param name="maxBytes">The length of the longest value, bytes.</param>
    protected WiredKey(string name, WiredKind kind, int most, int maxBytes = LongestList)
        : base(name, maxBytes)
    {
        _kind = kind;
        _most = most;
    }

    /// <inheritdoc/>
    public override string Range => Syntax + ", one a line, at most " + _most.ToString();

    /// <summary>Gets what a line looks like.</summary>
    protected abstract string Syntax { get; }

    /// <inheritdoc/>
    public override void Write(Utf8Writer output, ConfigurationValues values)
    {
        WiredList list = values.Wired(_kind);
        for (int i = 0; i < list.Count; i++)
        {
            output.Write(i == 0 ? "" : "\n");
            output.Write(list.Get(i).Name);
            output.WriteByte((byte)'=');
            list.Get(i).Write(output);
        }
    }

    /// <inheritdoc/>
    public override void Copy(ConfigurationValues from, ConfigurationValues to)
    {
        to.SetWired(_kind, from.Wired(_kind));
    }

    /// <inheritdoc/>
    public override bool AreSame(ConfigurationValues one, ConfigurationValues other)
    {
        return one.Wired(_kind).IsSameAs(other.Wired(_kind));
    }

    /// <inheritdoc/>
    protected override string ReadText(ConfigurationText text, ConfigurationValues values, ConfigurationScope scope)
    {
        // What other sets of values may share is not touched.
        WiredList list = new WiredList(_most);
        while (text.NextPart(NoSeparator))
        {
            if (!text.TrySplit('=', out string name))
            {
                return "must be " + Range;
            }

            if (name.Length == 0 || name.Length > LongestName || !KubernetesNames.IsLabelValue(name))
            {
                return "must have names of at most 32 of A-Z, a-z, 0-9, -, _ and .";
            }

            if (list.Find(name) != null)
            {
                return "must have each name once";
            }

            if (list.IsFull)
            {
                return "must have at most " + _most.ToString() + " lines";
            }

            text.BeginWords();
            string fault = ReadSpec(name, text, scope, out WiredSpec spec);
            if (fault != null)
            {
                return fault;
            }

            list.Add(spec);
        }

        values.SetWired(_kind, list.Count == 0 ? WiredList.None : list);
        return null;
    }

    /// <summary>Reads what a line has behind <c>name=</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="text">The text, before the first word.</param>
    /// <param name="scope">What else makes it right or wrong.</param>
    /// <param name="spec">What the line says, where it is right.</param>
    /// <returns>Null, or the rule that the line breaks.</returns>
    protected abstract string ReadSpec(string name, ConfigurationText text, ConfigurationScope scope, out WiredSpec spec);
}
