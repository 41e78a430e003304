using PicoKubelet.Bench.Soak;

namespace PicoKubelet.IntegrationTests.Proof;

/// <summary>A day or two of the soak: docs/proof.md shows thirty.</summary>
[TestClass]
public class SoakTests
{
    [TestMethod]
    public void Two_days_with_faults_leave_nothing_behind()
    {
        // The memory and the handles of this process are the other tests' too.
        List<string> violations = SoakSummary.Run(days: 2, seed: 5, hasPods: false, isAlone: false, Quiet.NewReport());

        Assert.AreEqual("", string.Join('\n', violations));
    }

    [TestMethod]
    public void A_day_with_pods_that_crash_and_are_rolled_out_deleted_and_evicted_leaves_all_in_order()
    {
        List<string> violations = SoakSummary.Run(days: 1, seed: 1, hasPods: true, isAlone: false, Quiet.NewReport());

        Assert.AreEqual("", string.Join('\n', violations));
    }
}
