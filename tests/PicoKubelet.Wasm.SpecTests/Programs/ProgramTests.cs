using PicoKubelet.Bench.Wasm.Tools;

namespace PicoKubelet.Wasm.SpecTests.Programs;

/// <summary>Programs as compilers make them, built here from Programs/Sources and run with a board's limits.</summary>
[TestClass]
public sealed class ProgramTests
{
    [TestMethod]
    public void CPrintsWithPrintf()
    {
        WasiRun run = WasiRun.Of(Build("hello.c"), new WasmLimits(), "hello");

        Assert.AreEqual("hello", run.Host.Output);
        AssertEndedWell(run);
    }

    [TestMethod]
    public void ASmallCProgramTakesSixKilobytes()
    {
        WasiRun run = WasiRun.Of(Build("hello.c"), new WasmLimits(), "hello");

        Assert.IsLessThan(6 * 1024, run.Instance.Memory.BytesInUse, "of memory alone");
    }

    [TestMethod]
    public void CGetsArgumentsVariablesAndAHeapAndGivesAnExitCode()
    {
        WasiRun run = WasiRun.Of(Build("words.c"), new WasmLimits(), "words", "pear", "fig", "apple");

        Assert.AreEqual("apple fig pear\n3 words, 4.000 letters each\n", run.Host.Output);
        Assert.AreEqual("GREETING is hello\n", run.Host.Errors);
        Assert.AreEqual(WasmStatus.Exited, run.Status, $"{run.Instance.Trap}");
        Assert.AreEqual(3, run.Instance.ExitCode);
    }

    [TestMethod]
    public void CSleepsWithoutHoldingTheLoopUp()
    {
        WasiRun run = WasiRun.Of(Build("nap.c"), new WasmLimits(), "nap");

        Assert.AreEqual("tired\nslept 1500 ms\n", run.Host.Output);
        Assert.AreEqual(1, run.Naps);
        AssertEndedWell(run);
    }

    [TestMethod]
    public void CGetsRandomBytes()
    {
        WasiRun run = WasiRun.Of(Build("dice.c"), new WasmLimits(), "dice");

        Assert.AreEqual("10 11 12 13\n", run.Host.Output);
        AssertEndedWell(run);
    }

    [TestMethod]
    public void RustRunsWithItsStandardLibrary()
    {
        WasiRun run = WasiRun.Of(Build("report.rs"), OfRust(), "report");

        Assert.AreEqual("area 11.0686\n{'e': 1, 'f': 1, 'h': 1, 'l': 2, 'm': 1, 'o': 2, 'r': 2, 's': 1, 't': 1, 'u': 1}\n", run.Host.Output);
        AssertEndedWell(run);
    }

    [TestMethod]
    public void ARustPanicIsATrapAndSaysWhy()
    {
        WasiRun run = WasiRun.Of(Build("report.rs"), OfRust(), "report", "panic");

        StringAssert.Contains(run.Host.Errors, "as asked");
        Assert.AreEqual(WasmStatus.Trapped, run.Status);
        Assert.AreEqual(WasmTrapKind.Unreachable, run.Instance.Trap.Kind);
    }

    [TestMethod]
    public void RustWithoutALibraryKeepsItsState()
    {
        ExportRun program = new(Build("fixed.rs"), new WasmImports());

        Assert.AreEqual(10, program.Call("smooth", 160)[0]);
        Assert.AreEqual(20, program.Call("smooth", 160)[0]);
        Assert.AreEqual(-3, (int)program.Call("divide", 7, -2)[0]);
        Assert.AreEqual(WasmTrapKind.Unreachable, program.Trap("divide", 1, 0), "Rust's own check");
    }

    [TestMethod]
    public void AssemblyScriptRunsOnItsOwnHeap()
    {
        bool aborted = false;
        WasmImports imports = new();
        imports.Add("env", "abort", "iiii:", call =>
        {
            aborted = true;
            call.Fail("abort");
        });
        ExportRun program = new(Build("queue.ts"), imports);

        Assert.AreEqual(243, program.Call("hamming", 50)[0]);
        Assert.AreEqual(6.580940128606883, BitConverter.Int64BitsToDouble(program.Call("mean", 99)[0]));
        Assert.IsFalse(aborted);
        Assert.AreEqual(WasmTrapKind.Host, program.Trap("outside"));
        Assert.IsTrue(aborted);
    }

    [TestMethod]
    public void TextByHandUsesTwoResultsATableAndBulkMemory()
    {
        List<int> seen = [];
        WasmImports imports = new();
        imports.Add("env", "seen", "i:", call => seen.Add(call.GetInt32(0)));
        ExportRun program = new(Build("collatz.wat"), imports);

        CollectionAssert.AreEqual(new long[] { 16, 52 }, program.Call("walk", 7));
        CollectionAssert.AreEqual(new[] { 22, 11, 34, 17, 52 }, seen[..5]);

        program.Call("repeat", 3);
        byte[] text = new byte[28];
        program.Instance.Memory.Read(8, text, 0, text.Length);
        Assert.AreEqual("collatzcollatzcollatzcollatz", System.Text.Encoding.ASCII.GetString(text));
    }

    [TestMethod]
    public void AProgramThatSpinsIsSteppedAndDropped()
    {
        WasmImports imports = new();
        imports.Add("env", "seen", "i:", _ => { });
        ExportRun program = new(Build("collatz.wat"), imports);
        program.Instance.Begin(program.Instance.Module.FindFunction("spin"), null);

        for (int i = 0; i < 100; i++)
        {
            Assert.AreEqual(WasmStatus.OutOfFuel, program.Instance.Run(100));
        }

        program.Instance.Abort();
        CollectionAssert.AreEqual(new long[] { 16, 52 }, program.Call("walk", 7));
    }

    private static byte[] Build(string source)
    {
        return TestRun.Require(() => WasmCompiler.Build(Path.Combine(AppContext.BaseDirectory, "Programs", "Sources", source)));
    }

    // A whole standard library: 115 KB of module, a stack of a mebibyte that is hardly touched.
    private static WasmLimits OfRust()
    {
        return new WasmLimits { MemoryBytes = 64 * 1024 };
    }

    private static void AssertEndedWell(WasiRun run)
    {
        Assert.AreEqual(string.Empty, run.Host.Errors);
        bool isWell = run.Status == WasmStatus.Finished || (run.Status == WasmStatus.Exited && run.Instance.ExitCode == 0);
        Assert.IsTrue(isWell, $"{run.Status} {run.Instance.ExitCode} {run.Instance.Trap}");
    }
}
