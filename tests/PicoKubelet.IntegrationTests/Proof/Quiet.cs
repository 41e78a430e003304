using PicoKubelet.Bench.Reporting;
using Spectre.Console;

namespace PicoKubelet.IntegrationTests.Proof;

/// <summary>A report that nobody reads.</summary>
internal static class Quiet
{
    /// <summary>Makes one.</summary>
    public static Report NewReport()
    {
        return new Report("", "", AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }));
    }
}
