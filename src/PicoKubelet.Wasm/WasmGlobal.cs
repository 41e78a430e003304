namespace PicoKubelet.Wasm;


/// <summary>A global: a constant or a variable, possibly shared by several instances.</summary>
public sealed class WasmGlobal
{
    // An I32 or F32 is in Narrow, an I64 or F64 in Wide: each instruction reads one of them.
    internal int Narrow;
    internal long Wide;

    /// <summary>A global of a type with its first value, as bits (an F32's are the lower 32).</summary>
    public WasmGlobal(WasmType type, bool mutable, long bits)
    {
        Type = type;
        IsMutable = mutable;
        Set(bits);
    }

    /// <summary>The value's type.</summary>
    public WasmType Type { get; }

    /// <summary>Whether programs may change it.</summary>
    public bool IsMutable { get; }

    /// <summary>The value's bits; those of an I32 or F32 are the lower 32, the upper ones are 0.</summary>
    public long Bits => IsWide ? Wide : (uint)Narrow;

    private bool IsWide => Type == WasmType.I64 || Type == WasmType.F64;

    /// <summary>Sets the value by its bits, of a constant too.</summary>
    public void Set(long bits)
    {
        Narrow = (int)bits;
        Wide = bits;
    }
}
