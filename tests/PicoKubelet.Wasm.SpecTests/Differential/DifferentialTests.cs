using PicoKubelet.Bench.Reporting;
using PicoKubelet.Bench.Wasm.Differential;
using Spectre.Console;

namespace PicoKubelet.Wasm.SpecTests.Differential;

/// <summary>The engine against Wasmtime; the bench runs more of it.</summary>
[TestClass]
public sealed class DifferentialTests
{
    private const int Modules = 200;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void ModulesMadeByChanceDoWhatTheyDoInWasmtimeAndDamagedOnesDoNoHarm()
    {
        Report report = new("WebAssembly against Wasmtime", "wasm-fuzz", AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }));

        List<string> failures = TestRun.Require(() => DifferentialRun.Run(Modules, seed: 1, report));

        TestContext.WriteLine(report.Markdown);
        Assert.IsEmpty(failures, string.Join('\n', failures));
    }
}
