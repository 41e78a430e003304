namespace PicoKubelet.Wasm;


/// <summary>The types of values, with the numbers of the binary format.</summary>
public enum WasmType
{
    /// <summary>A reference to a function; only tables hold them.</summary>
    FuncRef = 0x70,

    /// <summary>A float of 64 bits.</summary>
    F64 = 0x7C,

    /// <summary>A float of 32 bits.</summary>
    F32 = 0x7D,

    /// <summary>An integer of 64 bits.</summary>
    I64 = 0x7E,

    /// <summary>An integer of 32 bits.</summary>
    I32 = 0x7F,
}
