using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Lifecycle;

[TestClass]
public sealed class GarbageCollectionTests
{
    [TestMethod]
    public async Task TheLeaseOfADeletedNodeGoes()
    {
        await using var cluster = await Cluster.StartAsync();
        var uid = (await cluster.CreateNodeAsync("n1"))["metadata.uid"]!;
        (await CreateLeaseAsync(cluster, "n1", uid)).Ok();
        (await CreateLeaseAsync(cluster, "free", null)).Ok();
        await cluster.SendAsync("DELETE", Cluster.Nodes + "/n1");
        await UntilGoneAsync(cluster, Cluster.Leases + "/n1");
        Assert.AreEqual(200, (await cluster.GetAsync(Cluster.Leases + "/free")).Code);
    }

    [TestMethod]
    public async Task ALeaseWithAnOwnerThatNeverWasGoes()
    {
        await using var cluster = await Cluster.StartAsync();
        (await CreateLeaseAsync(cluster, "n1", "00000000-0000-0000-0000-000000000000")).Ok();
        await UntilGoneAsync(cluster, Cluster.Leases + "/n1");
    }

    [TestMethod]
    public async Task ADeletedNamespaceTakesItsContentAlong()
    {
        await using var cluster = await Cluster.StartAsync();
        (await cluster.PostAsync("/api/v1/namespaces", """{"metadata":{"name":"x"}}""")).Ok();
        (await cluster.PostAsync("/api/v1/namespaces/x/configmaps", """{"metadata":{"name":"a"}}""")).Ok();
        var deleted = (await cluster.SendAsync("DELETE", "/api/v1/namespaces/x")).Ok();
        Assert.AreEqual("Terminating", deleted["status.phase"]);
        await UntilGoneAsync(cluster, "/api/v1/namespaces/x");
        Assert.AreEqual(404, (await cluster.GetAsync("/api/v1/namespaces/x/configmaps/a")).Code);
    }

    private static Task<Reply> CreateLeaseAsync(Cluster cluster, string name, string? owner)
    {
        var owners = owner is null ? "[]" : $$"""[{"apiVersion":"v1","kind":"Node","name":"n1","uid":"{{owner}}"}]""";
        return cluster.PostAsync(Cluster.Leases, $$$"""{"metadata":{"name":"{{{name}}}","ownerReferences":{{{owners}}} } }""");
    }

    private static Task UntilGoneAsync(Cluster cluster, string path) =>
        Wait.UntilAsync(async () => (await cluster.GetAsync(path)).Code == 404, $"{path} goes");
}
