using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Api;

[TestClass]
public sealed class WatchTests
{
    [TestMethod]
    public async Task WithoutAVersionItBeginsWithWhatThereIs()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigMapAsync("a");
        using var watch = await cluster.WatchAsync(Cluster.ConfigMaps);
        Assert.AreEqual("ADDED a", await watch.NextTextAsync());
        await cluster.PatchAsync(Cluster.ConfigMaps + "/a", Cluster.Merge, """{"data":{"a":"2"}}""");
        Assert.AreEqual("MODIFIED a", await watch.NextTextAsync());
        await cluster.SendAsync("DELETE", Cluster.ConfigMaps + "/a");
        Assert.AreEqual("DELETED a", await watch.NextTextAsync());
    }

    [TestMethod]
    public async Task WithAVersionItBeginsBehindIt()
    {
        await using var cluster = await Cluster.StartAsync();
        var version = (await cluster.CreateConfigMapAsync("a"))["metadata.resourceVersion"];
        await cluster.CreateConfigMapAsync("b");
        using var watch = await cluster.WatchAsync(Cluster.ConfigMaps, $"resourceVersion={version}");
        Assert.AreEqual("ADDED b", await watch.NextTextAsync());
        await cluster.CreateConfigMapAsync("c");
        Assert.AreEqual("ADDED c", await watch.NextTextAsync());
    }

    [TestMethod]
    public async Task ToASelectorObjectsComeAndGo()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigMapAsync("a");
        using var watch = await cluster.WatchAsync(Cluster.ConfigMaps, "labelSelector=x%3D1&resourceVersion=" + (await cluster.GetAsync(Cluster.ConfigMaps))["metadata.resourceVersion"]);
        await cluster.PatchAsync(Cluster.ConfigMaps + "/a", Cluster.Merge, """{"metadata":{"labels":{"x":"1"}}}""");
        Assert.AreEqual("ADDED a", await watch.NextTextAsync());
        await cluster.PatchAsync(Cluster.ConfigMaps + "/a", Cluster.Merge, """{"metadata":{"labels":{"x":"2"}}}""");
        Assert.AreEqual("DELETED a", await watch.NextTextAsync());
    }

    [TestMethod]
    public async Task OneObjectIsWatchedByItsName()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigMapAsync("a");
        await cluster.CreateConfigMapAsync("b");
        using var byField = await cluster.WatchAsync(Cluster.ConfigMaps, "fieldSelector=metadata.name%3Db");
        Assert.AreEqual("ADDED b", await byField.NextTextAsync());
        using var byPath = await cluster.WatchAsync(Cluster.ConfigMaps + "/b");
        Assert.AreEqual("ADDED b", await byPath.NextTextAsync());
    }

    [TestMethod]
    public async Task EndsAfterItsTimeout()
    {
        var time = new FakeTime();
        await using var cluster = await Cluster.StartAsync(new ApiServerOptions { Time = time });
        using var watch = await cluster.WatchAsync(Cluster.ConfigMaps, "timeoutSeconds=30");
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.IsNull(await watch.NextAsync());
    }

    [TestMethod]
    public async Task SendsBookmarksToThoseWhoAllowThem()
    {
        var time = new FakeTime();
        await using var cluster = await Cluster.StartAsync(new ApiServerOptions { Time = time });
        await cluster.CreateConfigMapAsync("a");
        using var watch = await cluster.WatchAsync(Cluster.ConfigMaps, "allowWatchBookmarks=true");
        Assert.AreEqual("ADDED a", await watch.NextTextAsync());
        // The timer may be made only after the first event has arrived here.
        var bookmark = watch.NextAsync();
        await Wait.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMinutes(1));
                return bookmark.IsCompleted;
            },
            "a bookmark");
        Assert.AreEqual("BOOKMARK", (await bookmark)!["type"]!.ToString());
        Assert.AreEqual("ConfigMap", (await bookmark)!["object"]!["kind"]!.ToString());
        Assert.AreEqual(
            (await cluster.GetAsync(Cluster.ConfigMaps + "/a"))["metadata.resourceVersion"],
            (await bookmark)!["object"]!["metadata"]!["resourceVersion"]!.ToString());
    }

    [TestMethod]
    public async Task AnOldVersionIsGone()
    {
        await using var cluster = await Cluster.StartAsync();
        var version = (await cluster.CreateConfigMapAsync("a"))["metadata.resourceVersion"];
        using var open = await cluster.WatchAsync(Cluster.ConfigMaps);
        Assert.AreEqual("ADDED a", await open.NextTextAsync());
        cluster.Server.CompactHistory();
        Assert.IsNull(await open.NextAsync());
        using var watch = await cluster.WatchAsync(Cluster.ConfigMaps, $"resourceVersion={version}");
        var error = await watch.NextAsync();
        Assert.AreEqual("ERROR", error!["type"]!.ToString());
        Assert.AreEqual("410", error["object"]!["code"]!.ToString());
        Assert.AreEqual("Expired", error["object"]!["reason"]!.ToString());
        Assert.IsNull(await watch.NextAsync());
    }

    [TestMethod]
    [DataRow("1")]
    [DataRow("999999")]
    public async Task AVersionOfAnotherServerIsGone(string version)
    {
        await using var cluster = await Cluster.StartAsync();
        using var watch = await cluster.WatchAsync(Cluster.ConfigMaps, $"resourceVersion={version}");
        Assert.AreEqual("410", (await watch.NextAsync())!["object"]!["code"]!.ToString());
    }

    [TestMethod]
    public async Task RefusesToSendInitialEvents()
    {
        await using var cluster = await Cluster.StartAsync();
        using var watch = await cluster.WatchAsync(Cluster.ConfigMaps, "sendInitialEvents=true&resourceVersionMatch=NotOlderThan");
        Assert.AreEqual(422, watch.Code);
    }

    [TestMethod]
    public async Task EndsWithTheServer()
    {
        var cluster = await Cluster.StartAsync();
        using var watch = await cluster.WatchAsync(Cluster.ConfigMaps);
        await cluster.Server.DisposeAsync();
        Assert.IsNull(await watch.NextAsync());
        await cluster.DisposeAsync();
    }
}
