using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Enroll;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>A board without room for pods, as its settings have it by default, in a real cluster that knows it by its certificate.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RoomlessBoardTests : EnrolledBoardTests
{
    private const string Pods = "/api/v1/namespaces/default/pods";

    private static readonly TimeSpan PodTime = TimeSpan.FromMinutes(3);

    /// <summary>Initializes a new instance.</summary>
    public RoomlessBoardTests()
        : base(TestRun.RealClusterAsync)
    {
    }

    [TestMethod]
    public async Task WhatIsBoundToItAllTheSameFailsOrIsDeleted()
    {
        string name = NewName();
        await EnrollAsync(name);
        SimulatedBoard board = StartEnrolled(name);
        await WaitUntilSteadyAsync(board);

        string foreign = await BindAsync(board);
        string deleted = await BindAsync(board);
        (await Cluster.KubectlAsync("delete", "pod", deleted, "--namespace", "default", "--wait=false")).MustSucceed();

        await Eventually.HoldsAsync(PodTime, async () =>
        {
            JsonNode status = (await Cluster.GetAsync($"{Pods}/{foreign}"))["status"]!;
            Assert.AreEqual("Failed OutOfpods", $"{status["phase"]} {status["reason"]}");
            Assert.IsNull(await Cluster.FindAsync($"{Pods}/{deleted}"));
        });
        string described = (await Cluster.KubectlAsync("describe", "pod", foreign, "--namespace", "default")).MustSucceed().Output;
        StringAssert.Contains(described, "Pod Node didn't have enough resource: pods, requested: 1, used: 0, capacity: 0");
        (await Cluster.KubectlAsync("delete", "pod", foreign, "--namespace", "default", "--timeout=60s")).MustSucceed();
    }

    private async Task<string> BindAsync(SimulatedBoard board)
    {
        JsonObject pod = new()
        {
            ["metadata"] = new JsonObject { ["generateName"] = "bound-" },
            ["spec"] = new JsonObject
            {
                ["nodeName"] = board.Name,
                ["containers"] = new JsonArray(new JsonObject { ["name"] = "main", ["image"] = "nginx" }),
            },
        };
        return (await Cluster.CreateAsync(Pods, pod))["metadata"]!["name"]!.GetValue<string>();
    }
}
