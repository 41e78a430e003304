using PicoKubelet.Settings;
using PicoKubelet.Text;

namespace PicoKubelet.Configuration;

/// <summary>A key whose value is a list of labels or annotations, one <c>key=value</c> a line.</summary>
internal sealed class PairsKey : ConfigurationKey
{
    private const char NoSeparator = '\n';

    // The names of those that are set are remembered in an annotation, which is read through the reader's token buffer of 512.
    private const int LongestList = 512;

    private readonly bool _isLabels;

    public PairsKey(string name, bool isLabels)
        : base(name, LongestList)
    {
        _isLabels = isLabels;
    }

    /// <inheritdoc/>
    public override string Range => _isLabels ? "key=value, one a line, at most 8, in Kubernetes' syntax for labels" : "key=value, one a line, at most 8, with keys in Kubernetes' syntax";

    /// <inheritdoc/>
    public override void Write(Utf8Writer output, ConfigurationValues values)
    {
        Labels pairs = In(values);
        for (int i = 0; i < pairs.Count; i++)
        {
            output.Write(i == 0 ? "" : "\n");
            output.Write(pairs.Key(i));
            output.WriteByte((byte)'=');
            output.Write(pairs.Value(i));
        }
    }

    /// <inheritdoc/>
    public override void Copy(ConfigurationValues from, ConfigurationValues to)
    {
        Put(In(from), to);
    }

    /// <inheritdoc/>
    public override bool AreSame(ConfigurationValues one, ConfigurationValues other)
    {
        return In(one).IsSameAs(In(other));
    }

    /// <inheritdoc/>
    protected override string ReadText(ConfigurationText text, ConfigurationValues values, ConfigurationScope scope)
    {
        // What other sets of values may share is not touched.
        Labels pairs = new Labels(ConfigurationValues.MaxPairs);
        Put(pairs, values);
        while (text.NextPart(NoSeparator))
        {
            string fault = ReadPair(text, pairs, scope);
            if (fault != null)
            {
                return fault;
            }
        }

        return null;
    }

    private string ReadPair(ConfigurationText text, Labels pairs, ConfigurationScope scope)
    {
        if (!text.TrySplit('=', out string key))
        {
            return "must be " + Range;
        }

        if (!KubernetesNames.IsLabelKey(key))
        {
            return "must have keys of Kubernetes' syntax, [prefix/]name of at most 63 characters";
        }

        if (KubernetesNames.IsReservedKey(key))
        {
            return "must not have keys under kubernetes.io, k8s.io or picokubelet.io";
        }

        if (_isLabels && scope.OwnLabels.IndexOf(key) >= 0)
        {
            return "must not have labels that the device's settings set";
        }

        if (pairs.IndexOf(key) >= 0)
        {
            return "must have each key once";
        }

        if (pairs.IsFull)
        {
            return "must have at most " + ConfigurationValues.MaxPairs.ToString() + " lines";
        }

        string value = text.PartText();
        if (_isLabels ? !KubernetesNames.IsLabelValue(value) : text.PartHasControls())
        {
            return _isLabels ? "must have values of at most 63 of A-Z, a-z, 0-9, -, _ and ." : "must not have control characters";
        }

        pairs.Set(key, value);
        return null;
    }

    private void Put(Labels pairs, ConfigurationValues values)
    {
        if (_isLabels)
        {
            values.NodeLabels = pairs;
        }
        else
        {
            values.NodeAnnotations = pairs;
        }
    }

    private Labels In(ConfigurationValues values)
    {
        return _isLabels ? values.NodeLabels : values.NodeAnnotations;
    }
}
