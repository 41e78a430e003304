using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Workloads;

[TestClass]
public sealed class JobTests
{
    private const string J = Cluster.Jobs + "/j";

    [TestMethod]
    public async Task ItRunsUntilEnoughHaveSucceeded()
    {
        await using var cluster = await BoardAsync();
        var kubelet = new FakeKubelet(cluster) { StatusOf = _ => FakeKubelet.Succeeded };
        await CreateAsync(cluster, "\"completions\":3,\"parallelism\":2");
        await kubelet.UntilAsync(() => HasAsync(cluster, "Complete"), "it completes");
        var job = await cluster.GetAsync(J);
        Assert.AreEqual("3", job["status.succeeded"]);
        Assert.IsNotNull(job["status.completionTime"]);
        Assert.AreEqual(job["metadata.uid"], job.Json["spec"]!["selector"]!["matchLabels"]!["batch.kubernetes.io/controller-uid"]!.ToString());
        Assert.HasCount(3, await PodsAsync(cluster));
    }

    [TestMethod]
    public async Task ItFailsAfterItsRetriesWhichBecomeRarer()
    {
        var time = new FakeTime();
        await using var cluster = await BoardAsync(time);
        var kubelet = new FakeKubelet(cluster) { StatusOf = _ => FakeKubelet.Failed };
        await CreateAsync(cluster, "\"backoffLimit\":1");
        await kubelet.UntilAsync(async () => (await cluster.GetAsync(J))["status.failed"] == "1", "it fails once");
        Assert.HasCount(1, await PodsAsync(cluster));
        time.Advance(TimeSpan.FromSeconds(10));
        await kubelet.UntilAsync(() => HasAsync(cluster, "Failed"), "it fails for good");
        var job = await cluster.GetAsync(J);
        Assert.AreEqual("BackoffLimitExceeded", Condition(job, "Failed")!["reason"]!.ToString());
        Assert.AreEqual("2", job["status.failed"]);
    }

    [TestMethod]
    public async Task ItsTimeIsBounded()
    {
        var time = new FakeTime();
        await using var cluster = await BoardAsync(time);
        var kubelet = new FakeKubelet(cluster);
        await CreateAsync(cluster, "\"activeDeadlineSeconds\":60");
        await kubelet.UntilAsync(async () => (await cluster.GetAsync(J))["status.ready"] == "1", "it runs");
        time.Advance(TimeSpan.FromSeconds(60));
        await kubelet.UntilAsync(async () => (await PodsAsync(cluster)).Count == 0 && await HasAsync(cluster, "Failed"), "it is ended");
        Assert.AreEqual("DeadlineExceeded", Condition(await cluster.GetAsync(J), "Failed")!["reason"]!.ToString());
    }

    [TestMethod]
    public async Task ItGoesByItselfAndTakesItsPodsAlong()
    {
        var time = new FakeTime();
        await using var cluster = await BoardAsync(time);
        var kubelet = new FakeKubelet(cluster) { StatusOf = _ => FakeKubelet.Succeeded };
        await CreateAsync(cluster, "\"ttlSecondsAfterFinished\":30");
        await kubelet.UntilAsync(() => HasAsync(cluster, "Complete"), "it completes");
        time.Advance(TimeSpan.FromSeconds(31));
        await Wait.UntilAsync(async () => (await cluster.GetAsync(J)).Code == 404 && (await PodsAsync(cluster)).Count == 0, "it goes");
    }

    [TestMethod]
    [DataRow("\"parallelism\":1", "Always", "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"")]
    [DataRow("\"completionMode\":\"Indexed\"", "Never", "spec.completionMode: Unsupported value: \"Indexed\": supported values: \"NonIndexed\"")]
    public async Task WhatIsWrongIsSaid(string spec, string policy, string message)
    {
        await using var cluster = await Cluster.StartAsync();
        var refused = await CreateAsync(cluster, spec, policy);
        Assert.AreEqual(422, refused.Code);
        StringAssert.Contains(refused["message"], message);
    }

    private static async Task<Cluster> BoardAsync(FakeTime? time = null)
    {
        var options = new ApiServerOptions { NodeMonitorGracePeriod = TimeSpan.FromHours(1) };
        if (time is not null)
        {
            options.Time = time;
        }
        var cluster = await Cluster.StartAsync(options);
        await cluster.CreateBoardAsync("n1");
        return cluster;
    }

    private static Task<Reply> CreateAsync(Cluster cluster, string spec, string policy = "Never") => cluster.PostAsync(
        Cluster.Jobs,
        $$$$"""{"metadata":{"name":"j"},"spec":{{{{{spec}}}},"template":{"spec":{"restartPolicy":"{{{{policy}}}}","containers":[{"name":"c","image":"x"}] } } } }""");

    private static async Task<List<JsonNode>> PodsAsync(Cluster cluster) =>
        [.. (await cluster.GetAsync(Cluster.Pods)).Json["items"]!.AsArray().Select(item => item!)];

    private static async Task<bool> HasAsync(Cluster cluster, string condition) => Condition(await cluster.GetAsync(J), condition) is not null;

    private static JsonNode? Condition(Reply job, string type) =>
        job.Json["status"]!["conditions"]?.AsArray().FirstOrDefault(item => item!["type"]!.ToString() == type && item["status"]!.ToString() == "True");
}
