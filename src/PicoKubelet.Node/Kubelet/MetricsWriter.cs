using PicoKubelet.Http.Server;
using PicoKubelet.Text;

namespace PicoKubelet.Kubelet;

/// <summary>Writes metrics in Prometheus' text format 0.0.4. Label values are our own words and Kubernetes' names, so they need no escapes.</summary>
public sealed class MetricsWriter
{
    /// <summary>The media type of the format.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The type of a value that goes up and down.</summary>
    public const string Gauge = "gauge";
    /// <summary>The type of a value that only grows.</summary>
    public const string Counter = "counter";
    /// <summary>The type of a sum and a count.</summary>
    public const string Summary = "summary";

    // The most that a metric's beginning or a sample has; one of a container has three names, of 253 letters the longest.
    private const int MaxBytes = 240;
    private const int MaxBytesOfContainer = 600;

    private readonly ServerAnswer _answer;
    private string _name;

    /// <summary>Begins to write.</summary>
    /// <param name="answer">Where to.</param>
    public MetricsWriter(ServerAnswer answer)
    {
        _answer = answer;
    }

    /// <summary>Begins a metric; its samples follow.</summary>
    public void Begin(string name, string type, string help)
    {
        _name = name;
        _answer.Checkpoint(MaxBytes);
        Utf8Writer text = _answer.Text;
        text.Write("# HELP ");
        text.Write(name);
        text.WriteByte((byte)' ');
        text.Write(help);
        text.Write("\n# TYPE ");
        text.Write(name);
        text.WriteByte((byte)' ');
        text.Write(type);
        text.WriteByte((byte)'\n');
    }

    /// <summary>Writes a metric that has one sample.</summary>
    public void Single(string name, string type, string help, long value)
    {
        Begin(name, type, help);
        Sample(value);
    }

    /// <summary>Writes a metric that has one sample, in thousandths of its unit.</summary>
    public void SingleMilli(string name, string type, string help, long thousandths)
    {
        Begin(name, type, help);
        BeginSample(null);
        EndMilli(thousandths);
    }

    /// <summary>Writes a sample without labels.</summary>
    /// <param name="value">The value.</param>
    public void Sample(long value)
    {
        BeginSample(null);
        End(value);
    }

    /// <summary>Writes a sample.</summary>
    /// <param name="label">The label's name.</param>
    /// <param name="labelValue">Its value.</param>
    /// <param name="value">The value.</param>
    public void Sample(string label, string labelValue, long value)
    {
        BeginSample(null);
        WriteLabel('{', label, labelValue);
        _answer.Text.WriteByte((byte)'}');
        End(value);
    }

    /// <summary>Writes a sample.</summary>
    /// <param name="label">The first label's name.</param>
    /// <param name="labelValue">Its value.</param>
    /// <param name="secondLabel">The second label's name.</param>
    /// <param name="secondValue">Its value.</param>
    /// <param name="value">The value.</param>
    public void Sample(string label, string labelValue, string secondLabel, string secondValue, long value)
    {
        BeginSample(null);
        WriteLabel('{', label, labelValue);
        WriteLabel(',', secondLabel, secondValue);
        _answer.Text.WriteByte((byte)'}');
        End(value);
    }

    /// <summary>Writes a sample with two labels, of a value with decimals.</summary>
    public void SampleDecimal(string label, string labelValue, string secondLabel, string secondValue, long value, int decimals)
    {
        BeginSample(null);
        WriteLabel('{', label, labelValue);
        WriteLabel(',', secondLabel, secondValue);
        _answer.Text.Write("} ");
        _answer.Text.WriteDecimal(value, decimals);
        _answer.Text.WriteByte((byte)'\n');
    }

    /// <summary>Writes a sample whose second label is a number.</summary>
    public void Sample(string label, string labelValue, string secondLabel, int secondValue, long value)
    {
        BeginSample(null);
        WriteLabel('{', label, labelValue);
        WriteLabel(',', secondLabel, null);
        _answer.Text.Write(secondValue);
        _answer.Text.Write("\"}");
        End(value);
    }

    /// <summary>Writes a sample of a summary in thousandths of its unit, <c>_sum</c>, or a plain one.</summary>
    public void SampleMilli(string suffix, string label, string labelValue, long thousandths)
    {
        BeginSample(suffix);
        WriteLabel('{', label, labelValue);
        _answer.Text.WriteByte((byte)'}');
        EndMilli(thousandths);
    }

    /// <summary>Writes a summary's <c>_count</c>.</summary>
    public void SampleCount(string label, string labelValue, long count)
    {
        BeginSample("_count");
        WriteLabel('{', label, labelValue);
        _answer.Text.WriteByte((byte)'}');
        End(count);
    }

    /// <summary>Writes a sample of a container, or of a whole pod.</summary>
    /// <param name="podNamespace">The pod's namespace.</param>
    /// <param name="pod">The pod's name.</param>
    /// <param name="container">The container's name, or null for the whole pod.</param>
    /// <param name="value">The value.</param>
    /// <param name="more">More labels as they are written, each with a comma in front, or null.</param>
    public void SampleOf(string podNamespace, string pod, string container, long value, string more = null)
    {
        BeginSampleOf(podNamespace, pod, container, null, more);
        End(value);
    }

    /// <summary>Writes a sample of a container, or of a whole pod, in thousandths of its unit.</summary>
    /// <param name="podNamespace">The pod's namespace.</param>
    /// <param name="pod">The pod's name.</param>
    /// <param name="container">The container's name, or null for the whole pod.</param>
    /// <param name="thousandths">The value.</param>
    /// <param name="name">What it is one of several of, or null.</param>
    public void SampleMilliOf(string podNamespace, string pod, string container, long thousandths, string name = null)
    {
        BeginSampleOf(podNamespace, pod, container, name, null);
        EndMilli(thousandths);
    }

    private void BeginSampleOf(string podNamespace, string pod, string container, string name, string more)
    {
        _answer.Checkpoint(MaxBytesOfContainer);
        BeginSample(null);
        char before = '{';
        if (container != null)
        {
            WriteLabel(before, "container", container);
            before = ',';
        }

        WriteLabel(before, "namespace", podNamespace);
        WriteLabel(',', "pod", pod);
        if (name != null)
        {
            WriteLabel(',', "name", name);
        }

        _answer.Text.Write(more);
        _answer.Text.WriteByte((byte)'}');
    }

    private void BeginSample(string suffix)
    {
        _answer.Checkpoint(MaxBytes);
        _answer.Text.Write(_name);
        _answer.Text.Write(suffix);
    }

    private void WriteLabel(char before, string label, string value)
    {
        Utf8Writer text = _answer.Text;
        text.WriteByte((byte)before);
        text.Write(label);
        text.Write("=\"");
        if (value != null)
        {
            text.Write(value);
            text.WriteByte((byte)'"');
        }
    }

    private void End(long value)
    {
        _answer.Text.WriteByte((byte)' ');
        _answer.Text.Write(value);
        _answer.Text.WriteByte((byte)'\n');
    }

    private void EndMilli(long thousandths)
    {
        _answer.Text.WriteByte((byte)' ');
        _answer.Text.WriteThousandths(thousandths);
        _answer.Text.WriteByte((byte)'\n');
    }
}
