using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Lifecycle;

[TestClass]
public sealed class NodePodsTests
{
    private const string P = Cluster.Pods + "/p";

    [TestMethod]
    public async Task ThePodsOfASilentNodeAreNotReadyAndGoAfterFiveMinutes()
    {
        var time = new FakeTime();
        await using var cluster = await RunningAsync(time);
        await PassUntilAsync(cluster, time, async () => (await cluster.GetAsync(P))["status.conditions.0.status"] == "False", "it is not ready");
        Assert.IsNull((await cluster.GetAsync(P))["metadata.deletionTimestamp"]);
        time.Advance(TimeSpan.FromMinutes(5));
        await PassUntilAsync(cluster, time, async () => (await cluster.GetAsync(P))["metadata.deletionTimestamp"] is not null, "it is to go");
    }

    [TestMethod]
    public async Task ThePodsOfADeletedNodeGo()
    {
        var time = new FakeTime();
        await using var cluster = await RunningAsync(time);
        await cluster.SendAsync("DELETE", Cluster.Nodes + "/n1");
        cluster.Server.LookAtNodes();
        time.Advance(TimeSpan.FromSeconds(39));
        cluster.Server.LookAtNodes();
        Assert.AreEqual(200, (await cluster.GetAsync(P)).Code);
        await PassUntilAsync(cluster, time, async () => (await cluster.GetAsync(P)).Code == 404, "it goes");
    }

    private static async Task<Cluster> RunningAsync(FakeTime time)
    {
        var cluster = await Cluster.StartAsync(new ApiServerOptions { Time = time });
        await cluster.CreateBoardAsync("n1");
        await cluster.CreatePodAsync("p");
        await new FakeKubelet(cluster).UntilAsync(async () => (await cluster.GetAsync(P))["status.phase"] == "Running", "it runs");
        return cluster;
    }

    private static Task PassUntilAsync(Cluster cluster, FakeTime time, Func<Task<bool>> condition, string what) => Wait.UntilAsync(
        async () =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            cluster.Server.LookAtNodes();
            return await condition();
        },
        what);
}
