using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

/// <summary>How a container's limit of memory is shared out to what the engine bounds each on its own.</summary>
internal static class ProgramLimits
{
    /// <summary>The memory of a container that has no limit, bytes.</summary>
    public const int DefaultMemory = 4 * 1024;

    /// <summary>The least memory that a container may be limited to, bytes: below, not even a stack and two blocks find room.</summary>
    public const int LeastMemory = 2 * 1024;

    // A quarter is the stack's. Programs of compilers keep most of theirs in linear memory.
    private const int StackShare = 4;
    private const int MostStack = 8 * 1024;
    private const int CallDepth = 100;

    /// <summary>Makes the engine's limits.</summary>
    /// <param name="memoryBytes">The container's limit.</param>
    /// <param name="moduleBytes">The most bytes of a program.</param>
    public static WasmLimits Make(int memoryBytes, int moduleBytes)
    {
        int stack = memoryBytes / StackShare;
        stack = stack < MostStack ? stack : MostStack;
        return new WasmLimits
        {
            ModuleBytes = moduleBytes,
            MemoryBytes = memoryBytes - stack,
            StackBytes = stack,
            CallDepth = CallDepth,
            NameBytes = 0,
            KeepOffsets = false,
        };
    }
}
