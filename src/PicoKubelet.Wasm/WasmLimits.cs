namespace PicoKubelet.Wasm;


/// <summary>
/// What a module may have and an instance may use. The defaults suit a board; each limit has an error of its own
/// that names it.
/// </summary>
public sealed class WasmLimits
{
    /// <summary>Bytes of a module.</summary>
    public int ModuleBytes { get; set; } = 256 * 1024;

    /// <summary>Functions of a module, imported ones counted; at most 32,767.</summary>
    public int Functions { get; set; } = 2000;

    /// <summary>Types, imports, exports, globals and segments of a module, of each at most so many; at most 32,767.</summary>
    public int Items { get; set; } = 1000;

    /// <summary>Locals of one function, parameters counted; at most 10,000.</summary>
    public int Locals { get; set; } = 1000;

    /// <summary>Blocks within each other in one function.</summary>
    public int BlockDepth { get; set; } = 250;

    /// <summary>Values on the operand stack of one function; at most 10,000.</summary>
    public int OperandDepth { get; set; } = 1000;

    /// <summary>Elements of a table, whatever the module asks for.</summary>
    public int TableElements { get; set; } = 4096;

    /// <summary>Pages of 64 KiB that an instance's memory may span; at most 32,767. They cost nothing until they are written.</summary>
    public int MemoryPages { get; set; } = 64;

    /// <summary>
    /// Bytes of the heap that an instance's memory may take. Memory comes into being in blocks with the first write of
    /// something other than zero; a block costs <see cref="WasmMemory.BlockCost"/> bytes. Past the limit: a trap.
    /// </summary>
    public int MemoryBytes { get; set; } = 32 * 1024;

    /// <summary>Calls within each other.</summary>
    public int CallDepth { get; set; } = 200;

    /// <summary>Bytes for the locals and operands of all calls that are within each other.</summary>
    public int StackBytes { get; set; } = 8 * 1024;

    /// <summary>Bytes of the name section that are kept, for traps; a longer one is left out. 0 keeps none.</summary>
    public int NameBytes { get; set; } = 1024;

    /// <summary>Keeps a byte for each translated instruction, so that a trap tells the offset in the module.</summary>
    public bool KeepOffsets { get; set; } = true;

    /// <summary>
    /// The module's data is freed as the first instance takes it; a second instance needs the module loaded again.
    /// </summary>
    public bool SingleInstance { get; set; }
}
