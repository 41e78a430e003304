namespace PicoKubelet.Bench.Wasm.Speed;

/// <summary>One of the programs that the engine is timed with: Programs/NAME.c, and the same algorithm in plain C#.</summary>
internal abstract class Workload
{
    /// <summary>Gets all of them.</summary>
    public static Workload[] All => [new IntegerWork(), new FloatWork(), new SortWork(), new Sha256Work()];

    /// <summary>Gets the name of the C program.</summary>
    public abstract string Name { get; }

    /// <summary>Does in C# what the export <c>run</c> does, from the state that a new instance has.</summary>
    /// <returns>What the export returns.</returns>
    public abstract int Run(int rounds);
}
