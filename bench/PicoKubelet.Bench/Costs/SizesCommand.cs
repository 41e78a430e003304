using System.CommandLine;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Costs;

/// <summary><c>sizes</c>: what the firmware takes in flash, as far as a PC can tell.</summary>
internal static class SizesCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="print">Runs it and shows its report, by the title.</param>
    public static Command Create(Func<ParseResult, CancellationToken, string, Func<Report, List<string>>, Task<int>> print)
    {
        Command command = new("sizes", "What the firmware's assemblies take in flash, by part and by folder.");
        command.SetAction((parsed, stop) => print(parsed, stop, "Sizes", SizeReport.Write));
        return command;
    }
}
