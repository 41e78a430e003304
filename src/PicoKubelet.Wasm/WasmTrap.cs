namespace PicoKubelet.Wasm;


/// <summary>Why and where a call was ended.</summary>
public sealed class WasmTrap
{
    private readonly string _text;

    internal WasmTrap(WasmTrapKind kind, string text, int function, string name, int offset)
    {
        Kind = kind;
        _text = text;
        Function = function;
        FunctionName = name;
        Offset = offset;
    }

    /// <summary>The kind.</summary>
    public WasmTrapKind Kind { get; }

    /// <summary>The function's index in its module, imports counted; -1 outside of any function.</summary>
    public int Function { get; }

    /// <summary>The function's name by the module's name section, or null.</summary>
    public string FunctionName { get; }

    /// <summary>
    /// The byte of the module behind the instruction that trapped; where the module was loaded without
    /// <see cref="WasmLimits.KeepOffsets"/>, the function's first byte. -1 outside of any function.
    /// </summary>
    public int Offset { get; }

    /// <summary>The kind in the specification's words, or what the host function said.</summary>
    public string Text => _text ?? TextOf(Kind);

    /// <summary>The specification's words for a kind, as its tests have them.</summary>
    public static string TextOf(WasmTrapKind kind) => kind switch
    {
        WasmTrapKind.Unreachable => "unreachable",
        WasmTrapKind.IntegerDivideByZero => "integer divide by zero",
        WasmTrapKind.IntegerOverflow => "integer overflow",
        WasmTrapKind.InvalidConversionToInteger => "invalid conversion to integer",
        WasmTrapKind.OutOfBoundsMemoryAccess => "out of bounds memory access",
        WasmTrapKind.OutOfBoundsTableAccess => "out of bounds table access",
        WasmTrapKind.UndefinedElement => "undefined element",
        WasmTrapKind.UninitializedElement => "uninitialized element",
        WasmTrapKind.IndirectCallTypeMismatch => "indirect call type mismatch",
        WasmTrapKind.CallStackExhausted => "call stack exhausted",
        WasmTrapKind.OutOfMemory => "out of memory",
        WasmTrapKind.Host => "host function failed",
        _ => "no trap",
    };

    /// <summary>One line: kind, function and offset.</summary>
    public override string ToString() =>
        Function < 0 ? Text : Text + " in function " + Function + (FunctionName == null ? "" : " (" + FunctionName + ")") + " at offset " + Offset;
}
