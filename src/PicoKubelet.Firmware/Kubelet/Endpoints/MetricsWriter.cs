using PicoKubelet.Http.Server;
using PicoKubelet.Pods;
using PicoKubelet.Text;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>Writes metrics in Prometheus' text format 0.0.4. Label values are our own words and Kubernetes' names, so they need no escapes.</summary>
internal sealed class MetricsWriter
{
    /// <summary>The media type of the format.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    public const string Gauge = "gauge";
    public const string Counter = "counter";
    public const string Summary = "summary";

    // The most that a metric's beginning or a sample has; one of a container has three names, of 253 letters the longest.
    private const int MaxBytes = 240;
    private const int MaxBytesOfContainer = 600;

    private readonly ServerAnswer _answer;
    private string _name;

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

    public void Sample(long value)
    {
        BeginSample(null);
        End(value);
    }

    public void Sample(string label, string labelValue, long value)
    {
        BeginSample(null);
        WriteLabel('{', label, labelValue);
        _answer.Text.WriteByte((byte)'}');
        End(value);
    }

    public void Sample(string label, string labelValue, string secondLabel, string secondValue, long value)
    {
        BeginSample(null);
        WriteLabel('{', label, labelValue);
        WriteLabel(',', secondLabel, secondValue);
        _answer.Text.WriteByte((byte)'}');
        End(value);
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

    /// <summary>Writes a sample of a container, or of a whole pod where there is none.</summary>
    public void SampleOf(Pod pod, Container container, long value)
    {
        BeginSampleOf(pod, container);
        End(value);
    }

    /// <summary>Writes a sample of a container, or of a whole pod where there is none, in thousandths of its unit.</summary>
    public void SampleMilliOf(Pod pod, Container container, long thousandths)
    {
        BeginSampleOf(pod, container);
        EndMilli(thousandths);
    }

    private void BeginSampleOf(Pod pod, Container container)
    {
        _answer.Checkpoint(MaxBytesOfContainer);
        BeginSample(null);
        char before = '{';
        if (container != null)
        {
            WriteLabel(before, "container", container.Spec.Name);
            before = ',';
        }

        WriteLabel(before, "namespace", pod.Spec.Namespace);
        WriteLabel(',', "pod", pod.Spec.Name);
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
