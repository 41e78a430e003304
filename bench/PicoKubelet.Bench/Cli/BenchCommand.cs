using System.CommandLine;
using PicoKubelet.Bench.Faults;
using PicoKubelet.Bench.Fuzzing;
using PicoKubelet.Bench.Reporting;
using PicoKubelet.Bench.Soak;
using Spectre.Console;

namespace PicoKubelet.Bench.Cli;

/// <summary>The command line: a subcommand for each program.</summary>
internal static class BenchCommand
{
    private static readonly Option<FileInfo?> Markdown = new("--markdown") { Description = "Also writes the report to this file, as Markdown.", Recursive = true };

    private const int WidthOfFiles = 240;

    public static RootCommand Create()
    {
        RootCommand root = new("Measures and breaks PicoKubelet. docs/proof.md shows what each of these prints.");
        root.Add(Markdown);
        root.Add(NewFaults());
        root.Add(NewFuzz());
        root.Add(NewSoak());
        return root;
    }

    private static Command NewFaults()
    {
        Option<int> runs = new("--runs") { Description = "How often each fault is simulated, each time with another seed.", DefaultValueFactory = _ => 20 };
        Command command = new("faults", "The fault matrix: what a board does, how soon it is back, and how much it sends meanwhile.") { runs };
        command.SetAction(parsed => Print(parsed, "Fault matrix", report => FaultMatrix.Run(parsed.GetValue(runs), report)));
        return command;
    }

    private static Command NewFuzz()
    {
        Option<int> inputs = new("--inputs") { Description = "How many inputs, over all targets.", DefaultValueFactory = _ => 1_000_000 };
        Option<int> seed = new("--seed") { Description = "What all chance comes from.", DefaultValueFactory = _ => 1 };
        Option<string?> target = new("--target") { Description = "One target alone." };
        Option<int> input = new("--input") { Description = "The one input of this number alone: one that failed, again.", DefaultValueFactory = _ => -1 };
        Command command = new("fuzz", "Feeds inputs that are nearly right to whatever reads what others write.") { inputs, seed, target, input };
        command.SetAction(parsed => Print(parsed, "Fuzz", report => Fuzzer.Run(
            parsed.GetValue(inputs), parsed.GetValue(seed), parsed.GetValue(target), parsed.GetValue(input), report)));
        return command;
    }

    private static Command NewSoak()
    {
        Option<int> days = new("--days") { Description = "How many days of simulated time.", DefaultValueFactory = _ => 30 };
        Option<int> seed = new("--seed") { Description = "What all chance comes from.", DefaultValueFactory = _ => 1 };
        Command command = new("soak", "A board through weeks of simulated time, with faults: what grows, and whether it keeps its time.") { days, seed };
        command.SetAction(parsed => Print(parsed, "Soak", report => SoakSummary.Run(parsed.GetValue(days), parsed.GetValue(seed), report)));
        return command;
    }

    private static int Print(ParseResult parsed, string title, Func<Report, List<string>> run)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthOfFiles;
        }

        Report report = new(title, "dotnet run --project bench/PicoKubelet.Bench -c Release -- " + string.Join(' ', parsed.Tokens.Select(token => token.Value)), AnsiConsole.Console);
        int code = report.Verdict(run(report));
        if (parsed.GetValue(Markdown) is { } file)
        {
            File.WriteAllText(file.FullName, report.Markdown);
        }

        return code;
    }
}
