using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>What a simulated board can tell: a temperature that is made up, and what the PC really counts.</summary>
internal sealed class SimulatedTelemetry : ITelemetry
{
    private const int Temperature = 31500;

    private readonly Func<int> _boots;

    public SimulatedTelemetry(Func<int> boots)
    {
        _boots = boots;
    }

    public bool TryGetTemperature(out int milliCelsius)
    {
        milliCelsius = Temperature;
        return true;
    }

    public bool TryGetCollections(out long count)
    {
        // A collection of a generation is one of those below it too.
        count = GC.CollectionCount(0);
        return true;
    }

    public bool TryGetBoots(out int count)
    {
        count = _boots();
        return true;
    }
}
