namespace PicoKubelet.Wasm;


/// <summary>What a module imports or exports, with the numbers of the binary format.</summary>
public enum WasmExternalKind
{
    /// <summary>A function.</summary>
    Function = 0,

    /// <summary>A table of functions.</summary>
    Table = 1,

    /// <summary>A linear memory.</summary>
    Memory = 2,

    /// <summary>A global variable or constant.</summary>
    Global = 3,
}
