using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Lifecycle;

[TestClass]
public sealed class NodeLifecycleTests
{
    private const string N1 = Cluster.Nodes + "/n1";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    [TestMethod]
    public async Task ASilentNodeBecomesUnknownAndIsTainted()
    {
        var time = new FakeTime();
        await using var cluster = await StartAsync(time);
        await cluster.CreateNodeAsync("n1");
        Pass(cluster, time, 8);
        Assert.AreEqual("True", await ReadyAsync(cluster));

        await PassUntilAsync(cluster, time, "Unknown");

        var node = (await cluster.GetAsync(N1)).Json;
        foreach (var condition in node["status"]!["conditions"]!.AsArray())
        {
            Assert.AreEqual("Unknown", condition!["status"]!.ToString());
        }
        Assert.AreEqual("NodeStatusUnknown", node["status"]!["conditions"]![0]!["reason"]!.ToString());
        Assert.AreEqual("Kubelet stopped posting node status.", node["status"]!["conditions"]![0]!["message"]!.ToString());
        CollectionAssert.AreEquivalent(
            (string[])["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"],
            node["status"]!["conditions"]!.AsArray().Select(condition => condition!["type"]!.ToString()).ToArray());
        await UntilTaintsAsync(cluster, "node.kubernetes.io/unreachable:NoExecute", "node.kubernetes.io/unreachable:NoSchedule");
    }

    [TestMethod]
    public async Task ALeaseAloneKeepsANodeReady()
    {
        var time = new FakeTime();
        await using var cluster = await StartAsync(time);
        await cluster.CreateNodeAsync("n1");
        await cluster.PostAsync(Cluster.Leases, """{"metadata":{"name":"n1"},"spec":{"renewTime":"2026-01-23T10:30:00.000000Z"}}""");
        for (var i = 1; i <= 20; i++)
        {
            // A renewTime that a board with a wrong clock would send: only its change counts.
            var patch = $$$"""{"spec":{"renewTime":"2001-01-01T00:00:{{{i:D2}}}.000000Z"}}""";
            (await cluster.PatchAsync(Cluster.Leases + "/n1", Cluster.Merge, patch)).Ok();
            Pass(cluster, time, 2);
        }
        Assert.AreEqual("True", await ReadyAsync(cluster));
    }

    [TestMethod]
    public async Task AStatusReportIsASignOfLifeByItsHeartbeatTime()
    {
        var time = new FakeTime();
        await using var cluster = await StartAsync(time);
        await cluster.CreateNodeAsync("n1");
        for (var i = 1; i <= 10; i++)
        {
            var patch = $$$"""{"status":{"conditions":[{"type":"Ready","lastHeartbeatTime":"2026-01-23T11:00:{{{i:D2}}}Z"}]}}""";
            (await cluster.PatchAsync(N1 + "/status", Cluster.Strategic, patch)).Ok();
            Pass(cluster, time, 4);
        }
        Assert.AreEqual("True", await ReadyAsync(cluster));
        // A patch without a new heartbeat time is none.
        (await cluster.PatchAsync(N1 + "/status", Cluster.Strategic, """{"status":{"phase":"Running"}}""")).Ok();
        await PassUntilAsync(cluster, time, "Unknown");
    }

    [TestMethod]
    public async Task ANodeThatReturnsIsReadyAndUntainted()
    {
        var time = new FakeTime();
        await using var cluster = await StartAsync(time);
        await cluster.CreateNodeAsync("n1");
        await PassUntilAsync(cluster, time, "Unknown");
        (await cluster.PatchAsync(
            N1 + "/status", Cluster.Strategic, """{"status":{"conditions":[{"type":"Ready","status":"True","lastHeartbeatTime":"2026-01-23T11:00:00Z"}]}}""")).Ok();
        await UntilTaintsAsync(cluster);
        Pass(cluster, time, 7);
        Assert.AreEqual("True", await ReadyAsync(cluster));
    }

    [TestMethod]
    public async Task TheServerLooksAtTheNodesByItself()
    {
        var time = new FakeTime();
        await using var cluster = await StartAsync(time);
        await cluster.CreateNodeAsync("n1");
        await Wait.UntilAsync(
            async () =>
            {
                time.Advance(Period);
                return await ReadyAsync(cluster) == "Unknown";
            },
            "the node becomes Unknown");
    }

    [TestMethod]
    public async Task ConditionsAndCordoningMakeTaints()
    {
        await using var cluster = await StartAsync(new FakeTime());
        await cluster.PostAsync(Cluster.Nodes, """{"metadata":{"name":"n1"},"spec":{"taints":[{"key":"own","effect":"NoSchedule"}]}}""");
        await UntilTaintsAsync(cluster, "own:NoSchedule");
        await cluster.PatchAsync(
            N1 + "/status", Cluster.Strategic, """{"status":{"conditions":[{"type":"Ready","status":"False"},{"type":"MemoryPressure","status":"True"}]}}""");
        await cluster.PatchAsync(N1, Cluster.Merge, """{"spec":{"unschedulable":true}}""");
        await UntilTaintsAsync(
            cluster,
            "node.kubernetes.io/memory-pressure:NoSchedule",
            "node.kubernetes.io/not-ready:NoExecute",
            "node.kubernetes.io/not-ready:NoSchedule",
            "node.kubernetes.io/unschedulable:NoSchedule",
            "own:NoSchedule");
    }

    [TestMethod]
    public async Task ANodeThatNeverReportsBecomesUnknown()
    {
        var time = new FakeTime();
        await using var cluster = await StartAsync(time);
        await cluster.PostAsync(Cluster.Nodes, """{"metadata":{"name":"n1"}}""");
        Pass(cluster, time, 11);
        Assert.AreEqual("", await ReadyAsync(cluster));
        await PassUntilAsync(cluster, time, "Unknown");
        Assert.AreEqual("NodeStatusNeverUpdated", (await cluster.GetAsync(N1))["status.conditions.0.reason"]);
    }

    [TestMethod]
    public async Task EventsTellOfNodes()
    {
        var time = new FakeTime();
        await using var cluster = await StartAsync(time);
        await cluster.CreateNodeAsync("n1");
        await UntilEventAsync(cluster, "RegisteredNode");
        await PassUntilAsync(cluster, time, "Unknown");
        await UntilEventAsync(cluster, "NodeNotReady");
        await cluster.SendAsync("DELETE", N1);
        await UntilEventAsync(cluster, "RemovingNode");
        time.Advance(TimeSpan.FromHours(1) + Period);
        await Wait.UntilAsync(
            async () =>
            {
                time.Advance(Period);
                return (await EventsAsync(cluster)).Length == 0;
            },
            "events end after an hour");
    }

    private static Task<Cluster> StartAsync(FakeTime time) => Cluster.StartAsync(new ApiServerOptions
    {
        Time = time,
        NodeMonitorPeriod = Period,
        NodeMonitorGracePeriod = TimeSpan.FromSeconds(40),
    });

    // Lets so many monitor periods pass. The server's own loop runs too, whenever it gets to it.
    private static void Pass(Cluster cluster, FakeTime time, int periods)
    {
        for (var i = 0; i < periods; i++)
        {
            time.Advance(Period);
            cluster.Server.LookAtNodes();
        }
    }

    private static async Task PassUntilAsync(Cluster cluster, FakeTime time, string ready)
    {
        for (var i = 0; i < 20 && await ReadyAsync(cluster) != ready; i++)
        {
            Pass(cluster, time, 1);
        }
        Assert.AreEqual(ready, await ReadyAsync(cluster));
    }

    private static async Task<string> ReadyAsync(Cluster cluster) =>
        (await cluster.GetAsync(N1)).Ok().Json["status"]!["conditions"] is JsonArray conditions
            ? conditions.First(condition => condition!["type"]!.ToString() == "Ready")!["status"]!.ToString()
            : "";

    private static Task UntilTaintsAsync(Cluster cluster, params string[] expected) => Wait.UntilAsync(
        () => cluster.Server.Nodes.Single().Taints.Order(StringComparer.Ordinal).SequenceEqual(expected),
        $"taints {string.Join(", ", expected)}");

    private static Task UntilEventAsync(Cluster cluster, string reason) =>
        Wait.UntilAsync(async () => (await EventsAsync(cluster)).Contains(reason), $"event {reason}");

    private static async Task<string[]> EventsAsync(Cluster cluster) =>
        [.. (await cluster.GetAsync("/api/v1/events?fieldSelector=involvedObject.name%3Dn1")).Ok().Json["items"]!.AsArray().Select(item => item!["reason"]!.ToString())];
}
