using System.Globalization;
using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>A value that the engine gave.</summary>
/// <param name="Type">Its type, as scripts name it.</param>
/// <param name="Bits">Its bits.</param>
internal readonly record struct SpecValue(string Type, ulong Bits)
{
    /// <summary>A value of the engine.</summary>
    public static SpecValue Of(WasmType type, long bits)
    {
        return new SpecValue(NameOf(type), (ulong)bits);
    }

    /// <summary>Gets the script's name of a type.</summary>
    public static string NameOf(WasmType type)
    {
        return type switch
        {
            WasmType.I32 => "i32",
            WasmType.I64 => "i64",
            WasmType.F32 => "f32",
            WasmType.F64 => "f64",
            _ => "funcref",
        };
    }

    public override string ToString()
    {
        return string.Create(CultureInfo.InvariantCulture, $"{Type} {Bits}");
    }
}
