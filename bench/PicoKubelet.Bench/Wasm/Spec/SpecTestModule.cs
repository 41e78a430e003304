using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>The module <c>spectest</c> that the specification's tests import from.</summary>
internal static class SpecTestModule
{
    private const float Float = 666.6f;
    private const double Double = 666.6;

    /// <summary>Adds it to what modules may import.</summary>
    public static void AddTo(WasmImports imports, WasmLimits limits)
    {
        foreach ((string name, string signature) in new[]
        {
            ("print", ":"), ("print_i32", "i:"), ("print_i64", "I:"), ("print_f32", "f:"), ("print_f64", "F:"),
            ("print_i32_f32", "if:"), ("print_f64_f64", "FF:"),
        })
        {
            imports.Add("spectest", name, signature, _ => { });
        }

        imports.Add("spectest", "global_i32", new WasmGlobal(WasmType.I32, false, 666));
        imports.Add("spectest", "global_i64", new WasmGlobal(WasmType.I64, false, 666));
        imports.Add("spectest", "global_f32", new WasmGlobal(WasmType.F32, false, BitConverter.SingleToUInt32Bits(Float)));
        imports.Add("spectest", "global_f64", new WasmGlobal(WasmType.F64, false, BitConverter.DoubleToInt64Bits(Double)));
        imports.Add("spectest", "table", new WasmTable(10, 20));
        imports.Add("spectest", "memory", new WasmMemory(1, 2, limits));
    }
}
