using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Wasm.Differential;

/// <summary>Arguments for exports: numbers at which arithmetic turns, and chance.</summary>
internal static class Arguments
{
    private static readonly int[] Int32s = [0, 1, -1, 2, 7, 31, 32, 255, 256, 32767, -32768, 65535, 65536, int.MaxValue, int.MinValue];
    private static readonly double[] Doubles = [0, -0.0, 1, -1, 0.5, 3.75, -2147483649, 4294967296, 1e-310, 1e300, double.PositiveInfinity, double.NegativeInfinity];

    /// <summary>Picks a value for each parameter.</summary>
    public static object[] Pick(WasmType[] parameters, Random random)
    {
        return [.. parameters.Select(type => Pick(type, random))];
    }

    private static object Pick(WasmType type, Random random)
    {
        bool isKnown = random.Next(2) == 0;
        return type switch
        {
            WasmType.I32 => (object)(isKnown ? Int32s[random.Next(Int32s.Length)] : random.Next(int.MinValue, int.MaxValue)),
            WasmType.I64 => isKnown ? (long)Int32s[random.Next(Int32s.Length)] << random.Next(33) : random.NextInt64(long.MinValue, long.MaxValue),
            WasmType.F32 => isKnown ? (float)Doubles[random.Next(Doubles.Length)] : (random.NextSingle() - 0.5f) * 1000,
            _ => isKnown ? Doubles[random.Next(Doubles.Length)] : (random.NextDouble() - 0.5) * 1e6,
        };
    }
}
