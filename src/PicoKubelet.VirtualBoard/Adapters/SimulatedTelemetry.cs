using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>What a simulated board can tell: a temperature that is made up, and what the PC really counts.</summary>
internal sealed class SimulatedTelemetry : ITelemetry
{
    /// <summary>The one that every simulated board has: it keeps no state.</summary>
    public static readonly SimulatedTelemetry Instance = new();

    private const int Temperature = 31500;

    private SimulatedTelemetry()
    {
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
}
