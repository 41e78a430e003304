using System.CommandLine;
using PicoKubelet.Bench.Cli;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Wasm.Differential;

/// <summary><c>wasm-fuzz</c>: the engine against Wasmtime.</summary>
internal static class DifferentialCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="print">Runs it and shows its report, by the title.</param>
    public static Command Create(Func<ParseResult, CancellationToken, string, Func<Report, List<string>>, Task<int>> print)
    {
        Option<int> modules = new Option<int>("--modules") { Description = "How many modules.", DefaultValueFactory = _ => 10_000 }.AtLeast(1);
        Option<int> seed = new("--seed") { Description = "The number of the first; a module that failed comes again by its own.", DefaultValueFactory = _ => 1 };
        Command command = new("wasm-fuzz", "Runs modules made by chance on the WebAssembly engine and on Wasmtime, and loads damaged ones.") { modules, seed };
        command.SetAction((parsed, stop) => print(parsed, stop, "WebAssembly against Wasmtime", report => DifferentialRun.Run(parsed.GetValue(modules), parsed.GetValue(seed), report)));
        return command;
    }
}
