using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

/// <summary>A container's program: its bytes until it was loaded, from then on what the engine made of them, for each run anew.</summary>
public sealed class LoadedProgram
{
    /// <summary>What loading takes for each of a program's bytes: their translation, and what it is made with.</summary>
    public const int LoadFactor = 2;

    /// <summary>Initializes the program.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="memoryBytes">The memory that a run may take.</param>
    public LoadedProgram(ProgramBytes bytes, int memoryBytes)
    {
        Bytes = bytes;
        Length = bytes.Length;
        Limits = ProgramLimits.Make(memoryBytes, bytes.Length);
        MemoryBytes = memoryBytes;
    }

    /// <summary>Gets what its next run may take of the heap beyond what it has, bytes.</summary>
    public int NeededBytes => MemoryBytes + (Module == null ? Length * LoadFactor : 0);

    /// <summary>Gets the memory that a run may take, bytes.</summary>
    public int MemoryBytes { get; }

    /// <summary>Gets or sets its SHA-256, or null where it is not known.</summary>
    public byte[] Digest { get; set; }

    /// <summary>Gets its bytes, or null once it was loaded.</summary>
    public ProgramBytes Bytes { get; private set; }

    /// <summary>Gets how many bytes it has.</summary>
    public int Length { get; }

    /// <summary>Gets what a run of it may use.</summary>
    internal WasmLimits Limits { get; }

    /// <summary>Gets what the engine made of it, or null before it was loaded.</summary>
    internal WasmModule Module { get; private set; }

    internal void Complete(WasmModule module)
    {
        Module = module;
        Bytes = null;
    }
}
