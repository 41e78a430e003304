namespace PicoKubelet.Pods;

/// <summary>How much of a board pods may take, by its heap.</summary>
public sealed class PodLimits
{
    /// <summary>The name of the RuntimeClass that this node runs.</summary>
    public const string RuntimeClass = "picokubelet";

    /// <summary>The image that stands for the built-in runtime; a tag may follow.</summary>
    public const string Image = "picokubelet.io/wasm";

    /// <summary>What a pod costs beside the memory of its programs, bytes: its description, log and translated code. The RuntimeClass' overhead is the same.</summary>
    public const int PodOverhead = 6 * 1024;

    /// <summary>The most containers of a pod.</summary>
    public const int MaxContainers = 3;

    // The least that makes sense: a pod's overhead and a program with 2 KB.
    private const int LeastPod = PodOverhead + 2048;

    // What stays free beside pods: a quarter of 96 KB, two fifths of larger heaps.
    private const int LeastReserve = 24 * 1024;
    private const int SmallHeap = 100 * 1024;

    /// <summary>Derives the limits of a board.</summary>
    /// <param name="totalHeap">Its managed heap, bytes.</param>
    /// <param name="freeHeap">What of it is free once everything else runs, bytes.</param>
    /// <param name="maxPods">The most pods by the settings.</param>
    public PodLimits(long totalHeap, long freeHeap, int maxPods)
    {
        long reserve = totalHeap <= SmallHeap ? LeastReserve : totalHeap * 2 / 5;
        long free = freeHeap - reserve;
        free = free > 64 * 1024 * 1024 ? 64 * 1024 * 1024 : free;
        int pods = free < LeastPod ? 0 : (int)(free / LeastPod);
        Pods = pods < maxPods ? pods : maxPods;
        MemoryBytes = Pods == 0 ? 0 : (int)(free / 1024) * 1024;
        MaxProgramBytes = totalHeap <= SmallHeap ? 16 * 1024 : totalHeap < 256 * 1024 ? 32 * 1024 : 96 * 1024;
        LogBytes = totalHeap < 256 * 1024 ? 1024 : 8 * 1024;
    }

    /// <summary>Gets the capacity of pods.</summary>
    public int Pods { get; }

    /// <summary>Gets the memory that all pods together may take, bytes: the allocatable.</summary>
    public int MemoryBytes { get; }

    /// <summary>Gets the most bytes of a program.</summary>
    public int MaxProgramBytes { get; }

    /// <summary>Gets the bytes of a container's log.</summary>
    public int LogBytes { get; }
}
