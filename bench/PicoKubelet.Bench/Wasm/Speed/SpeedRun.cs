using System.Diagnostics;
using PicoKubelet.Bench.Reporting;
using PicoKubelet.Bench.Wasm.Reference;
using PicoKubelet.Wasm;
using Wasmtime;

namespace PicoKubelet.Bench.Wasm.Speed;

/// <summary>How fast the engine is, beside Wasmtime and plain C#, and what an instance takes.</summary>
internal sealed class SpeedRun : IDisposable
{
    private const int Instances = 100;
    private const int Measurements = 5;

    // The JIT compiles a method for good once it ran often: so long until all of them are.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    // The system's account of it may be coarse.
    private static readonly TimeSpan Measurable = TimeSpan.FromMilliseconds(100);

    private readonly ReferenceEngine _counting = new(countsInstructions: true);
    private readonly ReferenceEngine _timed = new(countsInstructions: false);

    /// <summary>Times every program.</summary>
    /// <param name="report">Gets the table.</param>
    /// <param name="least">Instructions a second that the integer work must reach; 0 for any.</param>
    /// <returns>What does not hold.</returns>
    public List<string> Run(Report report, double least)
    {
        List<string> failures = [];
        List<string[]> rows = [];
        double integer = 0;
        foreach (Workload workload in Workload.All)
        {
            report.Stop.ThrowIfCancellationRequested();
            report.Progress.Phase($"{workload.Name}");
            SpeedResult result = Measure(workload);
            rows.Add(result.Row);
            if (!result.Agrees)
            {
                failures.Add($"{workload.Name}: the results differ");
            }

            if (result.AllocatedByRun != 0)
            {
                failures.Add($"{workload.Name}: a run allocated {result.AllocatedByRun} bytes");
            }

            integer = integer == 0 ? result.Engine : integer;
        }

        report.Text(
            "Millions of WebAssembly instructions a second, by one core's own time, the best of five. Instructions are those that Wasmtime's fuel counts of the "
            + "same run (all but block, loop, nop, drop, else, end and unreachable); C#'s figure is the same number by its time. Wasmtime compiles "
            + "without optimisation.");
        report.Table(
            ["program", "instructions", "engine", "Wasmtime", "C#", "C# is faster by", "code section, B", "translated on a device, B", "instance on .NET, B"], rows);
        report.Text(FormattableString.Invariant($"instructions a second: {integer:F0}"));
        if (integer < least)
        {
            failures.Add(FormattableString.Invariant($"fewer than {least:F0} instructions a second"));
        }

        return failures;
    }

    public void Dispose()
    {
        _counting.Dispose();
        _timed.Dispose();
    }

    private SpeedResult Measure(Workload workload)
    {
        byte[] bytes = workload.Build();
        using Module counted = _counting.Compile(bytes);
        using ReferenceInstance counter = _counting.Instantiate(counted);
        int expected = counter.Rounds("run")(workload.Rounds);
        long instructions = counter.Instructions;

        using Module compiled = _timed.Compile(bytes);
        using ReferenceInstance reference = _timed.Instantiate(compiled);
        Func<int, int> run = reference.Rounds("run");
        WasmWorkload program = new(bytes);
        bool agrees = program.Run(workload.Rounds) == expected && workload.Run(workload.Rounds) == expected;
        double engine = instructions / Best(program.Run, workload.Rounds);
        long before = GC.GetAllocatedBytesForCurrentThread();
        program.Run(1);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new SpeedResult(workload.Name, instructions, engine, instructions / Best(run, workload.Rounds), instructions / Best(workload.Run, workload.Rounds))
        {
            Agrees = agrees,
            AllocatedByRun = allocated,
            CodeSection = program.Module.CodeSectionBytes,
            Code = program.Module.CodeBytes,
            Instance = BytesOfInstance(program.Module),
        };
    }

    /// <summary>The least time of a run in seconds: of the processor's, since other programs may run beside.</summary>
    private static double Best(Func<int, int> run, int rounds)
    {
        int few = Math.Max(1, rounds / 50);
        for (Stopwatch warm = Stopwatch.StartNew(); warm.Elapsed < WarmUp;)
        {
            run(few);
        }

        double best = double.MaxValue;
        for (int i = 0; i < Measurements; i++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            TimeSpan taken;
            int runs = 0;
            do
            {
                run(rounds);
                runs++;
                taken = Environment.CpuUsage.TotalTime - before;
            }
            while (taken < Measurable);

            best = Math.Min(best, taken.TotalSeconds / runs);
        }

        return best;
    }

    private static long BytesOfInstance(WasmModule module)
    {
        WasmInstance[] instances = new WasmInstance[Instances];
        WasmImports imports = new();
        WasmLimits limits = new();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < instances.Length; i++)
        {
            instances[i] = new WasmInstance(module, imports, limits);
        }

        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(instances);
        return bytes / Instances;
    }
}
