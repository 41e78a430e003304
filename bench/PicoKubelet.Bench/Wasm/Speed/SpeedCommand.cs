using System.CommandLine;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Wasm.Speed;

/// <summary><c>wasm</c>: how fast the engine is.</summary>
internal static class SpeedCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="print">Runs it and shows its report, by the title.</param>
    public static Command Create(Func<ParseResult, CancellationToken, string, Func<Report, List<string>>, Task<int>> print)
    {
        Option<double> least = new("--least") { Description = "Instructions a second that the integer work must reach.", DefaultValueFactory = _ => 0 };
        Command command = new("wasm", "Times the WebAssembly engine beside Wasmtime and plain C#, and tells what an instance takes.") { least };
        command.SetAction((parsed, stop) => print(parsed, stop, "WebAssembly", report =>
        {
            using SpeedRun run = new();
            return run.Run(report, parsed.GetValue(least));
        }));
        return command;
    }
}
