using PicoKubelet.Outputs;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Wiring;

namespace PicoKubelet.Tests.Configuration;

/// <summary>Something wired that only remembers, among what outputs do: <c>keep 2</c>, <c>use door</c>.</summary>
internal sealed class RecordingWired : IWired
{
    private readonly RecordingOutputs _outputs;

    public RecordingWired(RecordingOutputs outputs)
    {
        _outputs = outputs;
    }

    public I2cBuses Buses => null;

    public void Keep(WiredKind kind, WiredList wanted)
    {
        if (kind == WiredKind.Input)
        {
            _outputs.Do("keep " + wanted.Count.ToString());
        }
    }

    public void Use(WiredSpec spec)
    {
        _outputs.Do("use " + spec.Name);
    }

    public void Watch(WatchedPin pin)
    {
        // Pods alone have pins watched.
    }

    public void Unwatch(WatchedPin pin)
    {
        // Nor were any.
    }
}
