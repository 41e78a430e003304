using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Workloads;

[TestClass]
public sealed class DeploymentTests
{
    private const string Deployments = Cluster.Apps + "deployments";
    private const string D = Deployments + "/d";

    [TestMethod]
    public async Task ItMakesPodsAndSaysSo()
    {
        await using var cluster = await BoardsAsync();
        var kubelet = new FakeKubelet(cluster);
        var created = (await CreateAsync(cluster)).Ok();
        Assert.AreEqual("25%", created["spec.strategy.rollingUpdate.maxSurge"]);
        Assert.AreEqual("1", created["metadata.generation"]);
        await kubelet.UntilAsync(() => IsDoneAsync(cluster), "three pods are available");

        var pods = await PodsAsync(cluster);
        CollectionAssert.AreEquivalent((string[])["n1", "n2", "n3"], pods.Select(pod => pod["spec"]!["nodeName"]!.ToString()).ToArray());
        var set = (await cluster.GetAsync(Cluster.Apps + "replicasets")).Json["items"]![0]!;
        Assert.AreEqual("1", set["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"]!.ToString());
        Assert.AreEqual(set["metadata"]!["uid"]!.ToString(), pods[0]["metadata"]!["ownerReferences"]![0]!["uid"]!.ToString());
        var deployment = await cluster.GetAsync(D);
        CollectionAssert.AreEquivalent(
            (string[])["Available=True MinimumReplicasAvailable", "Progressing=True NewReplicaSetAvailable"],
            deployment.Json["status"]!["conditions"]!.AsArray().Select(item => $"{item!["type"]}={item["status"]} {item["reason"]}").ToArray());
    }

    [TestMethod]
    public async Task ANewVersionComesStepByStep()
    {
        await using var cluster = await BoardsAsync();
        var starts = false;
        var kubelet = new FakeKubelet(cluster) { StatusOf = pod => starts || ImageOf(pod) != "two" ? FakeKubelet.Running : """{"phase":"Pending"}""" };
        await CreateAsync(cluster, ""","strategy":{"rollingUpdate":{"maxUnavailable":1,"maxSurge":0}}""");
        await kubelet.UntilAsync(() => IsDoneAsync(cluster), "the first version is available");

        (await cluster.PatchAsync(D, Cluster.Strategic, """{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"two"}]}}}}""")).Ok();
        await kubelet.UntilAsync(async () => (await PodsAsync(cluster)).Exists(pod => ImageOf(pod) == "two"), "the second version was begun");
        for (var i = 0; i < 3; i++)
        {
            await kubelet.StepAsync();
            Assert.AreEqual(2, await RunningAsync(cluster), "one is replaced, and the others wait for it");
        }

        starts = true;
        var least = 3;
        await kubelet.UntilAsync(
            async () =>
            {
                least = Math.Min(least, await RunningAsync(cluster));
                return (await PodsAsync(cluster)).All(pod => ImageOf(pod) == "two") && await IsDoneAsync(cluster);
            },
            "the second version is available");
        Assert.IsGreaterThanOrEqualTo(2, least);

        var sets = (await cluster.GetAsync(Cluster.Apps + "replicasets")).Json["items"]!.AsArray();
        CollectionAssert.AreEquivalent((string[])["0", "3"], sets.Select(set => set!["spec"]!["replicas"]!.ToString()).ToArray());
    }

    [TestMethod]
    public async Task AVersionThatDoesNotStartLeavesTheOthers()
    {
        await using var cluster = await BoardsAsync();
        var kubelet = new FakeKubelet(cluster) { StatusOf = pod => ImageOf(pod) == "bad" ? """{"phase":"Running"}""" : FakeKubelet.Running };
        await CreateAsync(cluster);
        await kubelet.UntilAsync(() => IsDoneAsync(cluster), "the first version is available");
        (await cluster.PatchAsync(D, Cluster.Strategic, """{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"bad"}]}}}}""")).Ok();
        await kubelet.UntilAsync(async () => (await PodsAsync(cluster)).Exists(pod => ImageOf(pod) == "bad" && pod["status"]!["phase"]!.ToString() == "Running"), "the bad version was begun");
        Assert.AreEqual(3, (await PodsAsync(cluster)).Count(pod => ImageOf(pod) == "x"));
    }

    [TestMethod]
    public async Task RecreateEndsAllFirst()
    {
        await using var cluster = await BoardsAsync();
        var kubelet = new FakeKubelet(cluster);
        await CreateAsync(cluster, ""","strategy":{"type":"Recreate"}""");
        await kubelet.UntilAsync(() => IsDoneAsync(cluster), "the first version is available");
        (await cluster.PatchAsync(D, Cluster.Strategic, """{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"two"}]}}}}""")).Ok();
        await Wait.UntilAsync(async () => (await PodsAsync(cluster)).All(pod => pod["metadata"]!["deletionTimestamp"] is not null), "all are to end");
        Assert.HasCount(3, await PodsAsync(cluster));
        await kubelet.UntilAsync(async () => (await PodsAsync(cluster)).All(pod => ImageOf(pod) == "two") && await IsDoneAsync(cluster), "the second version is available");
    }

    [TestMethod]
    public async Task ScaledByItsSubresource()
    {
        await using var cluster = await BoardsAsync();
        var kubelet = new FakeKubelet(cluster);
        await CreateAsync(cluster);
        await kubelet.UntilAsync(() => IsDoneAsync(cluster), "three pods are available");
        var scale = (await cluster.PatchAsync(D + "/scale", Cluster.Merge, """{"spec":{"replicas":1}}""")).Ok();
        Assert.AreEqual("1", scale["spec.replicas"]);
        Assert.AreEqual("app=d", scale["status.selector"]);
        await kubelet.UntilAsync(async () => (await PodsAsync(cluster)).Count == 1 && await IsDoneAsync(cluster), "one pod is left");
        Assert.AreEqual(422, (await cluster.PatchAsync(D + "/scale", Cluster.Merge, """{"spec":{"replicas":-1}}""")).Code);
    }

    [TestMethod]
    public async Task WhatItMadeGoesWithItOrIsSetFree()
    {
        await using var cluster = await BoardsAsync();
        var kubelet = new FakeKubelet(cluster);
        await CreateAsync(cluster);
        await kubelet.UntilAsync(() => IsDoneAsync(cluster), "three pods are available");
        var set = Cluster.Apps + "replicasets/" + (await cluster.GetAsync(Cluster.Apps + "replicasets")).Json["items"]![0]!["metadata"]!["name"];
        (await cluster.SendAsync("DELETE", D, """{"propagationPolicy":"Orphan"}""")).Ok();
        Assert.IsNull((await cluster.GetAsync(set))["metadata.ownerReferences"]);
        (await cluster.SendAsync("DELETE", set)).Ok();
        await kubelet.UntilAsync(async () => (await PodsAsync(cluster)).Count == 0, "the pods go");
    }

    [TestMethod]
    public async Task APodThatIsNotLetInIsTold()
    {
        await using var cluster = await Cluster.StartAsync();
        await CreateAsync(cluster, podSpec: ""","runtimeClassName":"nope" """);
        const string Path = "/api/v1/namespaces/default/events?fieldSelector=reason%3DFailedCreate";
        await Wait.UntilAsync(async () => (await cluster.GetAsync(Path)).Json["items"]!.AsArray().Count > 0, "an Event tells");
        StringAssert.Contains((await cluster.GetAsync(Path))["items.0.message"], "RuntimeClass \"nope\" not found");
    }

    [TestMethod]
    [DataRow("""{"template":{"spec":{"containers":[{"name":"c","image":"x"}]}}}""", "spec.selector: Required value")]
    [DataRow("""{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"c"}},"spec":{"containers":[{"name":"c","image":"x"}]}}}""", "`selector` does not match template `labels`")]
    [DataRow(
        """{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"x"}]}}}""",
        "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"")]
    public async Task WhatIsWrongIsSaid(string spec, string message)
    {
        await using var cluster = await Cluster.StartAsync();
        var refused = await cluster.PostAsync(Deployments, $$$"""{"metadata":{"name":"d"},"spec":{{{spec}}}}""");
        Assert.AreEqual(422, refused.Code);
        StringAssert.Contains(refused["message"], message);
    }

    private static async Task<int> RunningAsync(Cluster cluster) =>
        (await PodsAsync(cluster)).Count(pod => pod["status"]!["phase"]!.ToString() == "Running" && pod["metadata"]!["deletionTimestamp"] is null);

    private static async Task<Cluster> BoardsAsync()
    {
        var cluster = await Cluster.StartAsync();
        foreach (var name in (string[])["n1", "n2", "n3"])
        {
            await cluster.CreateBoardAsync(name);
        }
        return cluster;
    }

    private static Task<Reply> CreateAsync(Cluster cluster, string spec = "", string podSpec = "") => cluster.PostAsync(
        Deployments,
        $$$$"""
        {"metadata":{"name":"d"},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"d"}}{{{{spec}}}},
         "template":{"metadata":{"labels":{"app":"d"}},"spec":{"containers":[{"name":"c","image":"x"}]{{{{podSpec}}}} } } } }
        """);

    private static async Task<List<JsonNode>> PodsAsync(Cluster cluster) =>
        [.. (await cluster.GetAsync(Cluster.Pods)).Json["items"]!.AsArray().Select(item => item!)];

    private static string ImageOf(JsonNode pod) => pod["spec"]!["containers"]![0]!["image"]!.ToString();

    // What kubectl rollout status waits for.
    private static async Task<bool> IsDoneAsync(Cluster cluster)
    {
        var deployment = await cluster.GetAsync(D);
        var replicas = deployment["spec.replicas"];
        return deployment["status.observedGeneration"] == deployment["metadata.generation"] && deployment["status.updatedReplicas"] == replicas
            && deployment["status.replicas"] == replicas && deployment["status.availableReplicas"] == replicas;
    }
}
