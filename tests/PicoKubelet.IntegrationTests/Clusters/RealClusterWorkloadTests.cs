using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Pods;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterWorkloadTests : WorkloadTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterWorkloadTests()
        : base(TestRun.RealClusterAsync)
    {
    }

    /// <summary>The embedded API server has no disruption budgets.</summary>
    [TestMethod]
    public async Task ADrainWaitsForWhatADisruptionBudgetAllows()
    {
        await StartBoardsAsync(2);
        await Pods.AddProgramAsync("polite", TestPrograms.Polite);
        await ApplyDeploymentAsync("polite", 2);
        await Pods.WaitForRolloutAsync("deployment/main");
        string drained = (await Pods.PodsAsync())[0].Text("spec", "nodeName")!;
        await AllowAsync(2, 0);

        ProgramResult refused = await Pods.TryKubectlAsync("drain", drained, "--timeout=8s");

        Assert.AreNotEqual(0, refused.ExitCode);
        StringAssert.Contains(refused.Output + refused.Error, "Cannot evict pod as it would violate the pod's disruption budget.");
        Assert.HasCount(2, await Pods.PodsAsync());
        await AllowAsync(1, 1);
        await Pods.KubectlAsync("drain", drained, "--timeout=25s");
        Assert.IsTrue((await Pods.PodsAsync()).All(pod => pod.Text("spec", "nodeName") != drained));

        await Pods.KubectlAsync("uncordon", drained);
        await Pods.WaitForRolloutAsync("deployment/main");
    }

    /// <summary>Nor has it preemption.</summary>
    [TestMethod]
    public async Task APodOfHigherPriorityTakesThePlaceOfOneOfLower()
    {
        await StartBoardAsync(Pods);
        await Pods.RunAsync("low", TestPrograms.Polite, holdsPin: true);
        await Pods.WaitForPhaseAsync("low", "Running");
        string priorities = "/apis/scheduling.k8s.io/v1/priorityclasses";
        await Cluster.CreateAsync(priorities, new JsonObject { ["metadata"] = new JsonObject { ["name"] = Pods.Name }, ["value"] = 1000 });
        await Pods.AddProgramAsync("high", TestPrograms.Polite);
        JsonObject spec = Pods.Spec("high", holdsPin: true);
        spec["priorityClassName"] = Pods.Name;

        await Pods.ApplyAsync("v1", "Pod", "high", spec);

        await Pods.WaitForPhaseAsync("high", "Running");
        Assert.IsNull(await Pods.FindPodAsync("low"));
        await Cluster.DeleteAsync($"{priorities}/{Pods.Name}");
    }

    // The version that servers up to 1.24 have, and the one from 1.21 on.
    private async Task AllowAsync(int minAvailable, int disruptions)
    {
        string version = (await Pods.KubectlAsync("api-versions")).Split('\n').Contains("policy/v1") ? "policy/v1" : "policy/v1beta1";
        await Pods.ApplyAsync(version, "PodDisruptionBudget", "main", new JsonObject { ["minAvailable"] = minAvailable, ["selector"] = PodSpace.Selector() });
        await Eventually.HoldsAsync(PodSpace.Long, async () =>
            Assert.AreEqual($"2 {disruptions}", await Pods.KubectlAsync("get", "pdb", "main", "--output", "jsonpath={.status.currentHealthy} {.status.disruptionsAllowed}")));
    }
}
