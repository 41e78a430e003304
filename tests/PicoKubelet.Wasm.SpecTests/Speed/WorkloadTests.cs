using PicoKubelet.Bench.Wasm.Reference;
using PicoKubelet.Bench.Wasm.Speed;
using Wasmtime;

namespace PicoKubelet.Wasm.SpecTests.Speed;

/// <summary>The programs that the engine is timed with do the same everywhere.</summary>
[TestClass]
public sealed class WorkloadTests
{
    private const int Rounds = 3;

    [TestMethod]
    [DataRow("integer")]
    [DataRow("floats")]
    [DataRow("sort")]
    [DataRow("sha256")]
    public void TheEngineWasmtimeAndPlainCSharpAgree(string name)
    {
        Workload workload = Workload.All.Single(candidate => candidate.Name == name);
        byte[] module = TestRun.Require(workload.Build);
        using ReferenceEngine reference = new(countsInstructions: false);
        using Module compiled = reference.Compile(module);
        using ReferenceInstance expected = reference.Instantiate(compiled);

        int result = new WasmWorkload(module).Run(Rounds);

        Assert.AreEqual(workload.Run(Rounds), result);
        Assert.AreEqual(expected.Rounds("run")(Rounds), result);
    }

    [TestMethod]
    public void ARunAllocatesNothing()
    {
        foreach (Workload workload in Workload.All)
        {
            WasmWorkload program = new(TestRun.Require(workload.Build));
            program.Run(1);
            long before = GC.GetAllocatedBytesForCurrentThread();

            program.Run(1);

            Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread(), workload.Name);
        }
    }
}
