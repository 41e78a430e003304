using PicoKubelet.Bench.Reporting;
using PicoKubelet.Bench.Wasm.Reference;

namespace PicoKubelet.Bench.Wasm.Differential;

/// <summary>The engine against Wasmtime, on modules made by chance.</summary>
internal static class DifferentialRun
{
    private const int MostFailures = 20;

    /// <summary>Compares so many modules, and loads damaged copies of each.</summary>
    /// <param name="modules">How many.</param>
    /// <param name="seed">The number of the first.</param>
    /// <param name="report">Gets what was done.</param>
    /// <returns>How the two differ.</returns>
    public static List<string> Run(int modules, int seed, Report report)
    {
        List<string> failures = [];
        using ModuleGenerator generator = new();
        using ReferenceEngine reference = new(countsInstructions: false);
        Comparison comparison = new(reference);
        DamagedModules damaged = new(reference);
        long bytes = 0;
        for (int i = 0; i < modules && failures.Count < MostFailures; i++)
        {
            report.Stop.ThrowIfCancellationRequested();
            report.Progress.Say($"module {i} of {modules}");
            byte[] module = generator.Make(seed + i);
            bytes += module.Length;
            Random random = new(seed + i);
            if (Try(() => comparison.Run(module, random)) is { } difference)
            {
                failures.Add($"module {seed + i}: {difference}");
            }

            failures.AddRange(damaged.Run(module, random).Select(failure => $"module {seed + i}, {failure}"));
        }

        report.Text($"{modules} modules of {bytes / modules} bytes on average, from number {seed} on; Wasmtime is the reference.");
        report.Table(
            ["what", "how many"],
            [
                ["modules", $"{modules}"],
                ["calls with the same results, logs and memory", $"{comparison.Calls}"],
                ["of these trapped", $"{comparison.Traps}"],
                ["damaged modules", $"{damaged.Count}"],
                ["of these refused", $"{damaged.Refused}"],
                ["of these run, within the limits", $"{damaged.Ran}"],
                ["most bytes allocated to load one", $"{damaged.MostAllocated}"],
            ]);
        return failures;
    }

    /// <summary>Turns what must not happen, an exception, into a difference.</summary>
    private static string? Try(Func<string?> compare)
    {
        try
        {
            return compare();
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }
}
