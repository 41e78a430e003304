using System.CommandLine;
using PicoKubelet.Bench.Costs;
using PicoKubelet.Bench.Edits;
using PicoKubelet.Bench.Faults;
using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Fuzzing;
using PicoKubelet.Bench.Hostile;
using PicoKubelet.Bench.Real;
using PicoKubelet.Bench.Reporting;
using PicoKubelet.Bench.Soak;
using PicoKubelet.Bench.Wasm.Differential;
using PicoKubelet.Bench.Wasm.Spec;
using PicoKubelet.Bench.Wasm.Speed;
using PicoKubelet.Bench.Workloads;

namespace PicoKubelet.Bench.Cli;

/// <summary>The command line: a subcommand for each program.</summary>
internal static class BenchCommand
{
    private static readonly Option<FileInfo?> Markdown = new("--markdown") { Description = "Also writes the report to this file, as Markdown.", Recursive = true };

    public static RootCommand Create()
    {
        RootCommand root = new("Measures and breaks PicoKubelet. docs/proof.md shows what each of these prints.");
        root.Add(Markdown);
        root.Add(NewFaults());
        root.Add(NewFuzz());
        root.Add(NewHostile());
        root.Add(NewSoak());
        root.Add(EditsCommand.Create(PrintAsync));
        root.Add(CostsCommand.Create(PrintAsync));
        root.Add(SizesCommand.Create(PrintAsync));
        root.Add(FleetCommand.Create(PrintAsync));
        root.Add(SpeedCommand.Create(PrintAsync));
        root.Add(WasmSpecCommand.Create());
        root.Add(DifferentialCommand.Create(PrintAsync));
        return root;
    }

    private static Command NewFaults()
    {
        Option<int> runs = new Option<int>("--runs") { Description = "How often each fault is simulated, each time with another seed.", DefaultValueFactory = _ => 20 }.AtLeast(1);
        Option<bool> real = new("--real") { Description = "Those faults against a real control plane, in real time." };
        Option<bool> pods = new("--pods") { Description = "Faults while pods run, against a real control plane with kube-scheduler, in real time." };
        Option<string[]> faults = new("--fault") { Description = "With --pods: this one alone. May be given more than once." };
        Option<int> late = new Option<int>("--late") { Description = "With --pods: how late a heartbeat may be, in milliseconds.", DefaultValueFactory = _ => 1000 }.AtLeast(1);
        Option<double> seconds = new Option<double>("--seconds") { Description = "With --pods: how long what lasts does.", DefaultValueFactory = _ => 25 }.AtLeast(1);
        Command command = new("faults", "The fault matrix: what a board does, how soon it is back, and how much it sends meanwhile.") { runs, real, pods, faults, late, seconds };
        command.SetAction((parsed, stop) => PrintAsync(parsed, stop, "Fault matrix", report => parsed.GetValue(pods)
            ? PodFaultRun.RunAsync(
                new PodFaultPlan(TimeSpan.FromSeconds(parsed.GetValue(seconds)), TimeSpan.FromMilliseconds(parsed.GetValue(late))) { Only = parsed.GetValue(faults) ?? [] },
                report)
            : parsed.GetValue(real)
                ? RealFaults.RunAsync(report)
                : Task.FromResult(FaultMatrix.Run(parsed.GetValue(runs), report))));
        return command;
    }

    private static Command NewFuzz()
    {
        Option<int> inputs = new Option<int>("--inputs") { Description = "How many inputs, over all targets.", DefaultValueFactory = _ => 1_000_000 }.AtLeast(1);
        Option<int> seed = new("--seed") { Description = "What all chance comes from.", DefaultValueFactory = _ => 1 };
        Option<string?> target = new Option<string?>("--target") { Description = "One target alone." }.OneOf(() => Fuzzer.NewTargets().Select(known => known.Name));
        Option<int> input = new("--input") { Description = "The one input of this number alone: one that failed, again.", DefaultValueFactory = _ => -1 };
        Command command = new("fuzz", "Feeds inputs that are nearly right to whatever reads what others write.") { inputs, seed, target, input };
        command.SetAction((parsed, stop) => PrintAsync(parsed, stop, "Fuzz", report => Fuzzer.Run(
            parsed.GetValue(inputs), parsed.GetValue(seed), parsed.GetValue(target), parsed.GetValue(input), report)));
        return command;
    }

    private static Command NewHostile()
    {
        Option<double> seconds = new Option<double>("--seconds") { Description = "How long each attack takes, about.", DefaultValueFactory = _ => 5 }.AtLeast(1);
        Option<int> late = new Option<int>("--late") { Description = "How late a heartbeat may be, in milliseconds.", DefaultValueFactory = _ => 1000 }.AtLeast(1);
        Command command = new("hostile", "Clients of the kubelet's port that are up to no good, and the heartbeats meanwhile; real sockets, in real time.") { seconds, late };
        command.SetAction((parsed, stop) => PrintAsync(parsed, stop, "Hostile clients", report => HostileRun.RunAsync(
            parsed.GetValue(seconds), TimeSpan.FromMilliseconds(parsed.GetValue(late)), isAlone: true, report)));
        return command;
    }

    private static Command NewSoak()
    {
        Option<int> days = new Option<int>("--days") { Description = "How many days of simulated time.", DefaultValueFactory = _ => 30 }.AtLeast(1);
        Option<int> seed = new("--seed") { Description = "What all chance comes from.", DefaultValueFactory = _ => 1 };
        Option<bool> pods = new("--pods") { Description = "A board with pods, which crash, are rolled out, deleted and evicted." };
        Command command = new("soak", "A board through weeks of simulated time, with faults: what grows, and whether it keeps its time.") { days, seed, pods };
        command.SetAction((parsed, stop) => PrintAsync(
            parsed, stop, "Soak", report => SoakSummary.Run(parsed.GetValue(days), parsed.GetValue(seed), parsed.GetValue(pods), isAlone: true, report)));
        return command;
    }

    private static Task<int> PrintAsync(ParseResult parsed, CancellationToken stop, string title, Func<Report, List<string>> run)
    {
        return PrintAsync(parsed, stop, title, report => Task.FromResult(run(report)));
    }

    private static async Task<int> PrintAsync(ParseResult parsed, CancellationToken stop, string title, Func<Report, Task<List<string>>> run)
    {
        FileInfo? file = parsed.GetValue(Markdown);
        if (file is not null && FindFault(file) is { } fault)
        {
            Console.Error.WriteLine($"error: {Markdown.Name}: can not write {file}: {fault}");
            return 1;
        }

        // The file is whoever's runs it.
        IEnumerable<string> words = parsed.Tokens.Select(token => token.Value).TakeWhile(word => word != Markdown.Name);
        BenchProgram program = new(title, "dotnet run -c Release --project bench/PicoKubelet.Bench -- " + string.Join(' ', words), file);
        return await program.RunAsync(run, stop);
    }

    // Better now than after the hours that some of these take.
    private static string? FindFault(FileInfo file)
    {
        try
        {
            file.Open(FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
