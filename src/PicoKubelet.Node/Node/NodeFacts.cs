using PicoKubelet.Configuration;
using PicoKubelet.Hardware;

namespace PicoKubelet.Node;

/// <summary>What the device finds about itself, once in a heartbeat.</summary>
public sealed class NodeFacts
{
    /// <summary>The share of the managed heap below which the node has MemoryPressure: an eighth.</summary>
    public const int PressureShare = 8;

    // Exhausting the heap is no clean exception but wrong values and a crash, so the node calls itself unhealthy well before, and the
    // supervisor restarts it. Between pressure and its end lies a gap, so that it does not flap.
    private const int ReliefShare = 6;
    private const int FloorShare = 16;

    /// <summary>Gets whether the network interface has an address.</summary>
    public bool HasAddress { get; internal set; }

    /// <summary>Gets whether little of the managed heap is free.</summary>
    public bool HasMemoryPressure { get; private set; }

    /// <summary>Gets whether the storage is there and takes writes.</summary>
    public bool IsStorageHealthy { get; private set; }

    /// <summary>Gets whether the device can go on; while it can not, its Lease is not renewed.</summary>
    public bool IsHealthy { get; private set; }

    /// <summary>Gets the free managed heap, in bytes.</summary>
    public long FreeHeap { get; private set; }

    /// <summary>Gets what became of the ConfigMap.</summary>
    public ConfigurationState Configuration { get; internal set; } = new ConfigurationState();

    /// <summary>Looks whether the device can go on, for whoever has no facts yet.</summary>
    /// <param name="board">The board.</param>
    /// <returns>Whether the free heap is above its floor.</returns>
    public static bool HasEnoughHeap(IBoard board)
    {
        return board.GetFreeHeap() >= board.GetTotalHeap() / FloorShare;
    }

    /// <summary>Looks at the device.</summary>
    /// <param name="board">The board.</param>
    /// <param name="storage">Its storage.</param>
    public void Refresh(IBoard board, IStorage storage)
    {
        long total = board.GetTotalHeap();
        FreeHeap = board.GetFreeHeap();
        HasMemoryPressure = FreeHeap < total / (HasMemoryPressure ? ReliefShare : PressureShare);
        IsHealthy = FreeHeap >= total / FloorShare;
        IsStorageHealthy = storage.IsHealthy;
    }
}
