using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Workloads;

[TestClass]
public sealed class DaemonSetTests
{
    private const string DaemonSets = Cluster.Apps + "daemonsets";
    private const string D = DaemonSets + "/d";

    [TestMethod]
    public async Task EachBoardHasOneANewOneToo()
    {
        await using var cluster = await Cluster.StartAsync();
        var kubelet = new FakeKubelet(cluster);
        await cluster.CreateBoardAsync("n1");
        await cluster.CreateBoardAsync("n2", taints: """[{"key":"t","effect":"NoSchedule"}]""");
        await CreateAsync(cluster);
        await kubelet.UntilAsync(() => AreOnAsync(cluster, "n1"), "n1 has one");
        await cluster.CreateBoardAsync("n3");
        await kubelet.UntilAsync(() => AreOnAsync(cluster, "n1", "n3"), "n3 has one, and n2 that is tainted none");

        (await cluster.PatchAsync(Cluster.Nodes + "/n1", Cluster.Merge, """{"spec":{"unschedulable":true}}""")).Ok();
        (await cluster.PatchAsync(Cluster.Nodes + "/n2", Cluster.Merge, """{"spec":{"taints":null}}""")).Ok();
        await kubelet.UntilAsync(() => AreOnAsync(cluster, "n1", "n2", "n3"), "cordoning ends none, and n2 has one now");
    }

    [TestMethod]
    public async Task ANodeThatNoLongerMatchesLosesIts()
    {
        await using var cluster = await Cluster.StartAsync();
        var kubelet = new FakeKubelet(cluster);
        await cluster.CreateBoardAsync("n1", """{"kind":"a"}""");
        await CreateAsync(cluster, ""","nodeSelector":{"kind":"a"}""");
        await kubelet.UntilAsync(() => AreOnAsync(cluster, "n1"), "n1 has one");
        (await cluster.PatchAsync(Cluster.Nodes + "/n1", Cluster.Merge, """{"metadata":{"labels":{"kind":"b"}}}""")).Ok();
        await kubelet.UntilAsync(() => AreOnAsync(cluster), "n1 has none");
    }

    [TestMethod]
    public async Task ANewVersionComesBoardByBoard()
    {
        await using var cluster = await Cluster.StartAsync();
        var kubelet = new FakeKubelet(cluster);
        await cluster.CreateBoardAsync("n1");
        await cluster.CreateBoardAsync("n2");
        await CreateAsync(cluster);
        await kubelet.UntilAsync(() => AreOnAsync(cluster, "n1", "n2"), "both have one");
        (await cluster.PatchAsync(D, Cluster.Strategic, """{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"two"}]}}}}""")).Ok();
        await Wait.UntilAsync(async () => (await PodsAsync(cluster)).Exists(pod => pod!["metadata"]!["deletionTimestamp"] is not null), "one is to end");
        Assert.AreEqual(1, (await PodsAsync(cluster)).Count(pod => pod["metadata"]!["deletionTimestamp"] is not null));
        await kubelet.UntilAsync(
            async () => (await PodsAsync(cluster)).All(pod => pod["spec"]!["containers"]![0]!["image"]!.ToString() == "two") && await AreOnAsync(cluster, "n1", "n2"),
            "both have the new one");
        Assert.AreEqual("2", (await cluster.GetAsync(D))["status.updatedNumberScheduled"]);
    }

    [TestMethod]
    public async Task AFailedPodIsReplacedLessAndLessOften()
    {
        var time = new FakeTime();
        await using var cluster = await Cluster.StartAsync(new ApiServerOptions { Time = time, NodeMonitorGracePeriod = TimeSpan.FromHours(1) });
        var kubelet = new FakeKubelet(cluster) { StatusOf = _ => FakeKubelet.Failed };
        await cluster.CreateBoardAsync("n1");
        await CreateAsync(cluster);
        foreach (var seconds in (int[])[1, 2, 4])
        {
            await kubelet.UntilAsync(async () => (await PodsAsync(cluster)) is [var pod] && pod["status"]!["phase"]!.ToString() == "Failed", "it fails");
            var uid = (await PodsAsync(cluster))[0]["metadata"]!["uid"]!.ToString();
            // The controller has seen the failure once its status says that none is there.
            await Wait.UntilAsync(async () => (await cluster.GetAsync(D))["status.currentNumberScheduled"] == "0", "the failure is seen");
            time.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.AreEqual(uid, (await PodsAsync(cluster))[0]["metadata"]!["uid"]!.ToString());
            time.Advance(TimeSpan.FromSeconds(1));
            await Wait.UntilAsync(async () => (await PodsAsync(cluster)) is [var pod] && pod["metadata"]!["uid"]!.ToString() != uid, $"it is replaced after {seconds} s");
        }
    }

    private static Task<Reply> CreateAsync(Cluster cluster, string podSpec = "") => cluster.PostAsync(
        DaemonSets,
        $$$$"""
        {"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"app":"d"}},
         "template":{"metadata":{"labels":{"app":"d"}},"spec":{"containers":[{"name":"c","image":"x"}]{{{{podSpec}}}} } } } }
        """);

    private static async Task<List<JsonNode>> PodsAsync(Cluster cluster) =>
        [.. (await cluster.GetAsync(Cluster.Pods)).Json["items"]!.AsArray().Select(item => item!)];

    private static async Task<bool> AreOnAsync(Cluster cluster, params string[] nodes)
    {
        var pods = await PodsAsync(cluster);
        var set = await cluster.GetAsync(D);
        return pods.Select(pod => pod["spec"]!["nodeName"]?.ToString()).Order().SequenceEqual(nodes)
            && set["status.observedGeneration"] == set["metadata.generation"]
            && set["status.desiredNumberScheduled"] == $"{nodes.Length}" && (set["status.numberAvailable"] ?? "0") == $"{nodes.Length}";
    }
}
