using PicoKubelet.Bench.Faults;

namespace PicoKubelet.IntegrationTests.Proof;

/// <summary>The fault matrix, each row once or twice: docs/proof.md shows twenty runs of each.</summary>
[TestClass]
public class FaultMatrixTests
{
    public static IEnumerable<object[]> Names => FaultScenarios.All.Select(scenario => new object[] { scenario.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_board_comes_back_from_what_happens_to_it(string name)
    {
        FaultScenario scenario = FaultScenarios.All.Single(scenario => scenario.Name == name);

        string[] violations = [.. FaultRun.Run(scenario, 1).Violations, .. FaultRun.Run(scenario, 2).Violations];

        Assert.AreEqual("", string.Join('\n', violations));
    }

    [TestMethod]
    public void The_same_seed_makes_the_same_run()
    {
        FaultScenario scenario = FaultScenarios.All.First(scenario => scenario.Name.Contains("Wi-Fi", StringComparison.Ordinal));

        FaultResult first = FaultRun.Run(scenario, 3);
        FaultResult again = FaultRun.Run(scenario, 3);
        FaultResult other = FaultRun.Run(scenario, 4);

        Assert.AreEqual(Describe(first), Describe(again));
        Assert.AreNotEqual(Describe(first), Describe(other));
    }

    [TestMethod]
    public void A_fault_that_never_ends_is_noticed()
    {
        FaultScenario scenario = FaultScenarios.All[0] with { End = _ => { } };

        FaultResult result = FaultRun.Run(scenario, 1);

        Assert.Contains("not Ready again", result.Violations);
    }

    private static string Describe(FaultResult result)
    {
        return $"{result.Seen} {result.SecondsToReady} {result.Requests} {result.Peak}";
    }
}
