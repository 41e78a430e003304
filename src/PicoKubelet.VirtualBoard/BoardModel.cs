using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard;

/// <summary>A kind of board that can be simulated.</summary>
/// <param name="Name">Its short name, as on the command line.</param>
/// <param name="TargetName">The name of the CLR's build target, from which the firmware picks its profile.</param>
/// <param name="TotalHeap">The size of the managed heap, bytes.</param>
/// <param name="FreeHeap">What is free of it once the firmware runs, bytes.</param>
/// <param name="StorageBytes">The size of the file storage, bytes.</param>
public sealed record BoardModel(string Name, string TargetName, long TotalHeap, long FreeHeap, long StorageBytes)
{
    /// <summary>Gets whether the firmware knows the board.</summary>
    public bool HasProfile => BoardProfiles.ForTarget(TargetName).TargetPrefix.Length > 0;

    /// <summary>Gets whether the board's runtime can open a Wi-Fi network of its own.</summary>
    public bool HasAccessPoint => TargetName.StartsWith("ESP32", StringComparison.Ordinal);
}
