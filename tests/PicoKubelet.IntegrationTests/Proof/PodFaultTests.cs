using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Workloads;

namespace PicoKubelet.IntegrationTests.Proof;

/// <summary>A few of the faults while pods run: docs/proof.md shows all.</summary>
[TestClass]
[TestCategory("RealCluster")]
public class PodFaultTests
{
    // The boards share the processors with all other tests; a Lease lasts 40 s.
    private static readonly TimeSpan MaxLateness = TimeSpan.FromSeconds(20);

    [TestMethod]
    public async Task Pods_run_on_beside_hostile_programs_and_after_their_Node_was_deleted()
    {
        if (!ControlPlane.IsAvailable)
        {
            Assert.Inconclusive($"{ControlPlane.AssetsVariable} is not set.");
        }

        PodFaultPlan plan = new(TimeSpan.FromSeconds(1), MaxLateness)
        {
            Only = ["programs that trap", "programs that call every function with nonsense", "corrupt programs, and one of a wrong digest", "Node deleted"],
            Skips = 18,
        };

        List<string> violations = await PodFaultRun.RunAsync(plan, Quiet.NewReport());

        Assert.AreEqual("", string.Join('\n', violations));
    }
}
