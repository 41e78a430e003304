using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>What a simulated board can tell: a signal and a temperature that are made up, and what the PC really counts.</summary>
internal sealed class SimulatedTelemetry : ITelemetry
{
    private const int Signal = -55;
    private const int Temperature = 31500;

    private readonly SimulatedNetwork _network;

    public SimulatedTelemetry(SimulatedNetwork network)
    {
        _network = network;
    }

    public bool TryGetSignal(out int dbm)
    {
        dbm = Signal;
        return _network.GetAddress() is not null;
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
