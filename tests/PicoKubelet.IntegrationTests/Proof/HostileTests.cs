using PicoKubelet.Bench.Hostile;

namespace PicoKubelet.IntegrationTests.Proof;

/// <summary>Hostile clients for a moment each: docs/proof.md shows some seconds of each.</summary>
[TestClass]
public class HostileTests
{
    // The clients of a whole test run share the processors with all other tests; a Lease lasts 40 s.
    private static readonly TimeSpan MaxLateness = TimeSpan.FromSeconds(5);

    [TestMethod]
    public async Task Hostile_clients_get_what_they_may_and_hold_up_no_heartbeat()
    {
        List<string> violations = await HostileRun.RunAsync(seconds: 0.3, MaxLateness, isAlone: false, Quiet.NewReport());

        Assert.AreEqual("", string.Join('\n', violations));
    }
}
