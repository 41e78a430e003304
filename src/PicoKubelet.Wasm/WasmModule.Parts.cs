namespace PicoKubelet.Wasm;


/// <content>What the loader fills in and an instance is made of.</content>
public sealed partial class WasmModule
{
    internal TypeList Types;

    // By function, imports counted: its type; its first row of code, or for an import the complement of its index.
    internal short[] FunctionTypes;
    internal int[] Entries;
    internal int ImportedFunctions;

    // By function of the module's own: the offset of its body.
    internal int[] BodyOffsets;

    // Module and name in turn; kinds; and what is asked for: a function's type, a global's type and mutability.
    internal string[] ImportNames;
    internal byte[] ImportKinds;
    internal short[] ImportTypes;

    internal string[] ExportNames;
    internal byte[] ExportKinds;
    internal short[] ExportIndices;

    // By global, imports counted: type, plus 0x80 where mutable. Values of own ones: bits, or another global's index.
    internal byte[] GlobalTypes;
    internal int ImportedGlobals;
    internal long[] GlobalValues;
    internal bool[] GlobalFromGlobal;

    internal bool HasMemory;
    internal bool HasTable;
    internal bool MemoryImported;
    internal bool TableImported;
    internal int MemoryPages;
    internal int MemoryMaximum = -1;
    internal int TableElements;
    internal int TableMaximum = -1;

    internal int StartFunction = -1;
    internal Segment[] Elements;
    internal Segment[] DataSegments;
    internal bool DataTaken;

    // The code, row by row.
    internal byte[] OpCodes;
    internal byte[] A;
    internal byte[] B;
    internal short[] C;

    // The bytes of the module since the row before, two rows in a byte; what is more than 15 is told by the next row.
    internal byte[] Offsets;

    // The function names of the name section, as they are there.
    internal byte[] Names;

    /// <summary>Whether a function has this type.</summary>
    internal bool HasType(int function, byte[] type) => TypeList.Same(Types[FunctionTypes[function]], type);

    /// <summary>The function, imports counted, that a row of code belongs to; -1 where there is none.</summary>
    internal int FunctionAt(int row)
    {
        var found = -1;
        for (var i = ImportedFunctions; i < Entries.Length; i++)
        {
            if (Entries[i] <= row)
            {
                found = i;
            }
        }

        return found;
    }

    /// <summary>The offset in the module of a function's row.</summary>
    internal int OffsetAt(int function, int row)
    {
        var offset = BodyOffsets[function - ImportedFunctions];
        if (Offsets != null)
        {
            for (var i = Entries[function]; i <= row; i++)
            {
                offset += (Offsets[i >> 1] >> ((i & 1) << 2)) & 15;
            }
        }

        return offset;
    }
}
