using PicoKubelet.Bench.Soak;

namespace PicoKubelet.IntegrationTests.Proof;

/// <summary>Two days of the soak: docs/proof.md shows thirty.</summary>
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
    public void Two_days_with_pods_leave_nothing_behind()
    {
        List<string> violations = SoakSummary.Run(days: 2, seed: 5, hasPods: true, isAlone: false, Quiet.NewReport());

        Assert.AreEqual("", string.Join('\n', violations));
    }
}
