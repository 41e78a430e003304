using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests;

/// <summary>How a board stays Ready, and what the cluster learns when something changes.</summary>
public abstract class HeartbeatTests : ClusterTests
{
    private static readonly TimeSpan LongerThanGrace = Cluster.GracePeriod + TimeSpan.FromSeconds(3);

    // Of the Pico W's 150 KB: less than the eighth that is enough, more than the sixteenth without which it can not go on.
    private const long LowHeap = 14 * 1024;
    private const long ExhaustedHeap = 6 * 1024;

    // A change is seen at the next heartbeat, and reported with it.
    private static readonly TimeSpan ReportTime = (2 * Heartbeat) + TimeSpan.FromSeconds(4);

    // 15 s, and what a busy machine takes; without a look it would be five minutes.
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(90);

    private protected HeartbeatTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task LeasesAloneKeepItReady()
    {
        SimulatedBoard board = await StartBoardAsync();
        JsonNode ready = (await WaitUntilSteadyAsync(board)).Condition("Ready");
        DateTime renewed = (await LeaseAsync(board)).Time("spec", "renewTime");

        await Eventually.StaysAsync(LongerThanGrace, async () =>
        {
            JsonNode now = (await NodeAsync(board)).Condition("Ready");
            Assert.IsTrue(JsonNode.DeepEquals(ready, now), $"{ready.ToJsonString()} became {now.ToJsonString()}");
        });

        Assert.AreEqual("lease", board.State.Mode);
        Assert.IsTrue((await LeaseAsync(board)).Time("spec", "renewTime") > renewed + Cluster.GracePeriod);
    }

    [TestMethod]
    public async Task TheLeaseIsAsAKubeletsLease()
    {
        SimulatedBoard board = await StartBoardAsync();
        JsonNode node = await WaitUntilSteadyAsync(board);

        JsonNode lease = await LeaseAsync(board);

        Assert.AreEqual(board.Name, lease.Text("spec", "holderIdentity"));
        Assert.AreEqual(40, lease["spec"]!["leaseDurationSeconds"]!.GetValue<int>());
        StringAssert.Matches(lease.Text("spec", "renewTime"), new Regex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"));
        JsonNode owner = lease["metadata"]!["ownerReferences"]!.AsArray().Single()!;
        Assert.AreEqual("v1", owner.Text("apiVersion"));
        Assert.AreEqual("Node", owner.Text("kind"));
        Assert.AreEqual(board.Name, owner.Text("name"));
        Assert.AreEqual(node.Uid(), owner.Text("uid"));
    }

    [TestMethod]
    public async Task ALostLeaseIsCreatedAgain()
    {
        SimulatedBoard board = await StartBoardAsync();
        JsonNode node = await WaitUntilSteadyAsync(board);
        string uid = (await LeaseAsync(board)).Uid();

        await Cluster.DeleteAsync(Cluster.LeasePath(board.Name));

        await Eventually.HoldsAsync(JoinTime, async () =>
        {
            JsonNode lease = await LeaseAsync(board);
            Assert.AreNotEqual(uid, lease.Uid());
            Assert.AreEqual(node.Uid(), lease["metadata"]!["ownerReferences"]![0]!.Text("uid"));
        });
        Assert.AreEqual(node.Uid(), (await NodeAsync(board)).Uid(), "the Node was there all the time");
    }

    [TestMethod]
    public async Task WithoutLeasesStatusKeepsItReady()
    {
        SimulatedBoard board = await StartBoardAsync(BoardRights.Node, mode: "status");
        JsonNode first = (await WaitUntilReadyAsync(board)).Condition("Ready");

        await Eventually.StaysAsync(LongerThanGrace, async () =>
        {
            JsonNode now = (await NodeAsync(board)).Condition("Ready");
            Assert.AreEqual("True", now.Text("status"));
            Assert.AreEqual(first.Text("lastTransitionTime"), now.Text("lastTransitionTime"));
        });

        Assert.IsTrue((await NodeAsync(board)).Condition("Ready").Time("lastHeartbeatTime") > first.Time("lastHeartbeatTime"));
        Assert.IsNull(await Cluster.FindAsync(Cluster.LeasePath(board.Name)));
    }

    [TestMethod]
    public async Task ABoardThatStopsIsNotReadyAndReadySoonAfterItsReturn()
    {
        SimulatedBoard board = await StartBoardAsync();
        await WaitUntilSteadyAsync(board);

        board.Stop();
        await WaitForAsync(board, "Ready", "Unknown", LossTime);
        StringAssert.Contains((await Cluster.KubectlAsync("get", "node", board.Name, "--no-headers")).Output, "NotReady");
        await Eventually.HoldsAsync(LossTime, async () =>
            StringAssert.Contains(string.Join(' ', (await NodeAsync(board)).Taints()), "node.kubernetes.io/unreachable"));

        board.Start();
        JsonNode node = await WaitUntilReadyAsync(board, TimeSpan.FromSeconds(5));
        Assert.AreEqual(6, node.Conditions().Count);
        await Eventually.HoldsAsync(JoinTime, async () =>
            Assert.IsFalse(string.Join(' ', (await NodeAsync(board)).Taints()).Contains("node.kubernetes.io/unreachable", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task ANewAddressReplacesTheOldOne()
    {
        SimulatedBoard board = await StartBoardAsync();
        await WaitUntilSteadyAsync(board);

        board.Address = "10.20.30.40";

        await Eventually.HoldsAsync(ReportTime, async () =>
            CollectionAssert.AreEqual(
                new[] { $"Hostname={board.Name}", "InternalIP=10.20.30.40" },
                (await NodeAsync(board)).Addresses()));
        Assert.AreEqual("10.20.30.40", board.State.Address);
    }

    [TestMethod]
    public async Task LittleMemoryIsAPressureWhileItLasts()
    {
        SimulatedBoard board = await StartBoardAsync();
        JsonNode before = await WaitUntilSteadyAsync(board);
        long free = board.FreeHeap;

        board.FreeHeap = LowHeap;
        JsonNode during = await WaitForAsync(board, "MemoryPressure", "True", ReportTime);
        board.FreeHeap = free;
        JsonNode after = await WaitForAsync(board, "MemoryPressure", "False", ReportTime);

        AssertOnlyMoved("MemoryPressure", before, during);
        AssertOnlyMoved("MemoryPressure", during, after);
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    public async Task ASickBoardIsNotReadyUntilItIsWell()
    {
        SimulatedBoard board = await StartBoardAsync();
        await WaitUntilSteadyAsync(board);
        long free = board.FreeHeap;

        board.FreeHeap = ExhaustedHeap;
        await Eventually.HoldsAsync(LossTime, async () =>
            Assert.AreNotEqual("True", (await NodeAsync(board)).Condition("Ready").Text("status")));
        DateTime renewed = (await LeaseAsync(board)).Time("spec", "renewTime");
        await Eventually.StaysAsync(3 * Heartbeat, async () =>
            Assert.AreEqual(renewed, (await LeaseAsync(board)).Time("spec", "renewTime"), "the Lease of a sick board is not renewed"));

        board.FreeHeap = free;
        await WaitUntilReadyAsync(board, RecoveryTime);
    }

    [TestMethod]
    public async Task AStatusThatSomebodyElseChangedIsSetRight()
    {
        SimulatedBoard board = await StartBoardAsync();
        await WaitUntilSteadyAsync(board);
        JsonObject unknown = new()
        {
            ["type"] = "Ready",
            ["status"] = "Unknown",
            ["reason"] = "NodeStatusUnknown",
            ["message"] = "Kubelet stopped posting node status.",
            ["lastHeartbeatTime"] = "2026-01-01T00:00:00Z",
            ["lastTransitionTime"] = "2026-01-01T00:00:00Z",
        };

        await Cluster.PatchAsync($"/api/v1/nodes/{board.Name}/status", new JsonObject { ["status"] = new JsonObject { ["conditions"] = new JsonArray(unknown) } });

        // Long before the next report that is due anyway.
        await WaitUntilReadyAsync(board, LookTime);
        JsonNode node = await NodeAsync(board);
        Assert.AreEqual(6, node.Conditions().Count());
        Assert.AreEqual(0, board.State.HeartbeatsFailed);
    }

    [TestMethod]
    public async Task LabelsAndTaintThatSomebodyElseChangedAreSetRight()
    {
        SimulatedBoard board = await StartBoardAsync();
        await WaitUntilSteadyAsync(board);
        JsonObject other = new() { ["key"] = "example.com/other", ["effect"] = "NoSchedule" };

        await Cluster.PatchAsync($"/api/v1/nodes/{board.Name}", new JsonObject
        {
            ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["picokubelet.io/board"] = null, ["beta"] = "x" } },
            ["spec"] = new JsonObject { ["taints"] = new JsonArray(other) },
        });

        await Eventually.HoldsAsync(LookTime, async () =>
        {
            JsonNode node = await NodeAsync(board);
            Assert.AreEqual("pico-w", node.Text("metadata", "labels", "picokubelet.io/board"));
            Assert.AreEqual("x", node.Text("metadata", "labels", "beta"));
            string taints = node["spec"]!["taints"]!.ToJsonString();
            StringAssert.Contains(taints, "picokubelet.io/microcontroller");
            StringAssert.Contains(taints, "example.com/other");
        });
    }

    [TestMethod]
    public async Task ANodeWhoseLeaseStaysIsMissed()
    {
        SimulatedBoard board = await StartBoardAsync();
        string? uid = (await WaitUntilSteadyAsync(board)).Uid();

        (await Cluster.KubectlAsync("delete", "node", board.Name, "--cascade=orphan")).MustSucceed();

        await Eventually.HoldsAsync(LookTime, async () =>
        {
            JsonNode node = await NodeAsync(board);
            Assert.AreNotEqual(uid, node.Uid());
            node.MustBe("Ready", "True");
        });
    }

    [TestMethod]
    public async Task BrokenStorageIsAPressureWhileItLasts()
    {
        SimulatedBoard board = await StartBoardAsync();
        JsonNode before = await WaitUntilSteadyAsync(board);

        board.StorageHealthy = false;
        JsonNode during = await WaitForAsync(board, "DiskPressure", "True", ReportTime);
        board.StorageHealthy = true;
        await WaitForAsync(board, "DiskPressure", "False", ReportTime);

        AssertOnlyMoved("DiskPressure", before, during);
    }

    [TestMethod]
    public async Task ABoardWithoutWifiIsNotReadyUntilItIsBack()
    {
        SimulatedBoard board = await StartBoardAsync();
        await WaitUntilSteadyAsync(board);

        board.LoseWifi();
        await WaitForAsync(board, "Ready", "Unknown", LossTime);
        board.RestoreWifi();

        await WaitUntilReadyAsync(board, RecoveryTime);
    }

    [TestMethod]
    public async Task ARebootedBoardIsTheSameNode()
    {
        SimulatedBoard board = await StartBoardAsync();
        JsonNode before = await WaitUntilSteadyAsync(board);

        board.Reboot();

        await Eventually.HoldsAsync(JoinTime, async () =>
        {
            JsonNode after = await NodeAsync(board);
            Assert.AreEqual(before.Uid(), after.Uid());
            after.MustBe("Ready", "True");
            Assert.AreNotEqual(before.Text("status", "nodeInfo", "bootID"), after.Text("status", "nodeInfo", "bootID"));
            Assert.AreEqual(before.Text("status", "nodeInfo", "machineID"), after.Text("status", "nodeInfo", "machineID"));
        });
        Assert.AreEqual(2, board.Boots);
    }

    private static void AssertOnlyMoved(string moved, JsonNode before, JsonNode after)
    {
        foreach (JsonNode condition in before.Conditions())
        {
            string type = condition.Text("type")!;
            DateTime was = condition.Time("lastTransitionTime");
            DateTime now = after.Condition(type).Time("lastTransitionTime");
            Assert.AreEqual(type == moved, now > was, $"{type}: {was:O}, {now:O}");
        }
    }
}
