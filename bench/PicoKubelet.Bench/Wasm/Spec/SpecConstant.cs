using System.Globalization;

namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>A value as a script writes it: the bits of a number in decimal, <c>null</c>, or a pattern of NaNs.</summary>
internal sealed record SpecConstant
{
    private const uint Canonical32 = 0x7FC0_0000;
    private const ulong Canonical64 = 0x7FF8_0000_0000_0000;

    /// <summary>Gets the type.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the value; null for any reference of the type.</summary>
    public string? Value { get; init; }

    /// <summary>Gets the bits of a number; a type of 32 bits leaves the upper half 0.</summary>
    public ulong Bits => ulong.Parse(Value!, CultureInfo.InvariantCulture);

    /// <summary>Gets a value indicating whether it is the null reference.</summary>
    public bool IsNull => Value == "null";

    /// <summary>Tells whether a number is the expected one.</summary>
    /// <param name="actual">Its bits; of 32 bits the lower half is looked at.</param>
    public bool Matches(ulong actual)
    {
        return Type switch
        {
            "i32" => (uint)actual == (uint)Bits,
            "i64" => actual == Bits,
            "f32" => Value switch
            {
                "nan:canonical" => ((uint)actual & 0x7FFF_FFFF) == Canonical32,
                "nan:arithmetic" => ((uint)actual & Canonical32) == Canonical32,
                _ => (uint)actual == (uint)Bits,
            },
            "f64" => Value switch
            {
                "nan:canonical" => (actual & long.MaxValue) == Canonical64,
                "nan:arithmetic" => (actual & Canonical64) == Canonical64,
                _ => actual == Bits,
            },
            _ => false,
        };
    }
}
