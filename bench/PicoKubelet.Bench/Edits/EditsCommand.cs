using System.CommandLine;
using PicoKubelet.Bench.Cli;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Edits;

/// <summary><c>edits</c>: how soon an edit of the ConfigMap is in force where it is watched.</summary>
internal static class EditsCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="print">Runs it and shows its report, by the title.</param>
    public static Command Create(Func<ParseResult, CancellationToken, string, Func<Report, Task<List<string>>>, Task<int>> print)
    {
        Option<int> edits = new Option<int>("--edits") { Description = "How many edits.", DefaultValueFactory = _ => 100 }.AtLeast(1);
        Command command = new("edits", "How soon an edit of the ConfigMap is in force where it is watched; real sockets, in real time.") { edits };
        command.SetAction((parsed, stop) => print(parsed, stop, "Edits", report => EditsRun.RunAsync(parsed.GetValue(edits), report)));
        return command;
    }
}
