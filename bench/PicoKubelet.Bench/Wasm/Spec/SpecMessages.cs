using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>The words that the specification's tests have for traps, over the years.</summary>
internal static class SpecMessages
{
    private static readonly Dictionary<string, WasmTrapKind[]> Kinds = new()
    {
        [""] = [],
        ["unreachable"] = [WasmTrapKind.Unreachable],
        ["unreachable executed"] = [WasmTrapKind.Unreachable],
        ["integer divide by zero"] = [WasmTrapKind.IntegerDivideByZero],
        ["integer overflow"] = [WasmTrapKind.IntegerOverflow],
        ["invalid conversion to integer"] = [WasmTrapKind.InvalidConversionToInteger],
        ["out of bounds memory access"] = [WasmTrapKind.OutOfBoundsMemoryAccess],
        ["data segment does not fit"] = [WasmTrapKind.OutOfBoundsMemoryAccess],
        ["out of bounds table access"] = [WasmTrapKind.OutOfBoundsTableAccess],
        ["elements segment does not fit"] = [WasmTrapKind.OutOfBoundsTableAccess],
        ["out of bounds"] = [WasmTrapKind.OutOfBoundsMemoryAccess, WasmTrapKind.OutOfBoundsTableAccess],
        ["undefined element"] = [WasmTrapKind.UndefinedElement],
        ["undefined"] = [WasmTrapKind.UndefinedElement],
        ["uninitialized"] = [WasmTrapKind.UninitializedElement],
        ["uninitialized element"] = [WasmTrapKind.UninitializedElement],
        ["uninitialized table element"] = [WasmTrapKind.UninitializedElement],
        ["indirect call type mismatch"] = [WasmTrapKind.IndirectCallTypeMismatch],
        ["indirect call signature mismatch"] = [WasmTrapKind.IndirectCallTypeMismatch],
        ["indirect call"] = [WasmTrapKind.IndirectCallTypeMismatch],
        ["callIndirect: function signatures don't match"] = [WasmTrapKind.IndirectCallTypeMismatch],
        ["call stack exhausted"] = [WasmTrapKind.CallStackExhausted],
    };

    /// <summary>Tells whether a trap is the one that a script expects; one without words expects any.</summary>
    public static bool Match(WasmTrapKind kind, string? text)
    {
        return Kinds.TryGetValue(text ?? string.Empty, out WasmTrapKind[]? kinds) && (kinds.Length == 0 || kinds.Contains(kind));
    }
}
