using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Wasm.Tools;

namespace PicoKubelet.Bench.Wasm.Speed;

/// <summary>One of the programs that the engine is timed with: Programs/NAME.c, and the same algorithm in plain C#.</summary>
internal abstract class Workload
{
    /// <summary>Gets all of them.</summary>
    public static Workload[] All => [new IntegerWork(), new FloatWork(), new SortWork(), new Sha256Work()];

    /// <summary>Gets the name of the C program.</summary>
    public abstract string Name { get; }

    /// <summary>Gets how many rounds are timed at once: some fifty million instructions.</summary>
    public abstract int Rounds { get; }

    /// <summary>Does in C# what the export <c>run</c> does, from the state that a new instance has.</summary>
    /// <returns>What the export returns.</returns>
    public abstract int Run(int rounds);

    /// <summary>Builds the C program.</summary>
    /// <exception cref="ToolMissingException">There is no compiler.</exception>
    public byte[] Build()
    {
        return WasmCompiler.BuildFreestanding(Repository.PathOf($"bench/PicoKubelet.Bench/Wasm/Speed/Programs/{Name}.c"));
    }
}
