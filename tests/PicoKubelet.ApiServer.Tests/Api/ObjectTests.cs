using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Api;

[TestClass]
public sealed class ObjectTests
{
    private const string N1 = Cluster.Nodes + "/n1";

    [TestMethod]
    public async Task CreatesWhatTheRealServerCreates()
    {
        await using var cluster = await Cluster.StartAsync(new ApiServerOptions { Time = new FakeTime() });
        var created = (await cluster.PostAsync(Cluster.Nodes, """{"metadata":{"name":"n1"},"status":{"capacity":{"cpu":"1"}},"bogus":1}""")).Ok();
        Assert.AreEqual(201, created.Code);
        Assert.AreEqual("Node", created["kind"]);
        Assert.AreEqual("v1", created["apiVersion"]);
        Assert.AreEqual("2026-01-23T10:30:00Z", created["metadata.creationTimestamp"]);
        Assert.AreEqual(36, created["metadata.uid"]!.Length);
        Assert.AreEqual("1", created["status.allocatable.cpu"]);
        Assert.AreEqual("node.kubernetes.io/not-ready", created["spec.taints.0.key"]);
        Assert.AreEqual("0", created["status.daemonEndpoints.kubeletEndpoint.Port"]);
        Assert.AreEqual("", created["status.nodeInfo.kubeletVersion"]);
        Assert.IsNull(created["bogus"]);
    }

    [TestMethod]
    public async Task GeneratesNames()
    {
        await using var cluster = await Cluster.StartAsync();
        var created = (await cluster.PostAsync(Cluster.ConfigMaps, """{"metadata":{"generateName":"gen-"}}""")).Ok();
        StringAssert.StartsWith(created["metadata.name"], "gen-");
        Assert.AreEqual(9, created["metadata.name"]!.Length);
    }

    [TestMethod]
    public async Task StatusAndTheRestAreWrittenApart()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateNodeAsync("n1");
        var main = (await cluster.PatchAsync(N1, Cluster.Merge, """{"status":{"phase":"x"},"spec":{"providerID":"p"}}""")).Ok();
        Assert.IsNull(main["status.phase"]);
        Assert.AreEqual("p", main["spec.providerID"]);
        var status = (await cluster.PatchAsync(
            N1 + "/status", Cluster.Strategic, """{"status":{"phase":"Running"},"spec":{"unschedulable":true},"metadata":{"annotations":{"a":"b"}}}""")).Ok();
        Assert.AreEqual("Running", status["status.phase"]);
        Assert.IsNull(status["spec.unschedulable"]);
        Assert.AreEqual("b", status["metadata.annotations.a"]);
        var put = (await cluster.SendAsync("PUT", N1, """{"metadata":{"name":"n1"}}""")).Ok();
        Assert.AreEqual("Running", put["status.phase"]);
        Assert.IsNull(put["metadata.annotations"]);
    }

    [TestMethod]
    public async Task NothingChangesWhenNothingIsChanged()
    {
        await using var cluster = await Cluster.StartAsync();
        var first = (await cluster.CreateConfigMapAsync("a")).Ok();
        var second = (await cluster.PatchAsync($"{Cluster.ConfigMaps}/a", Cluster.Merge, """{"data":{"a":"1"}}""")).Ok();
        Assert.AreEqual(first["metadata.resourceVersion"], second["metadata.resourceVersion"]);
        var third = (await cluster.PatchAsync($"{Cluster.ConfigMaps}/a", Cluster.Merge, """{"data":{"a":"2"}}""")).Ok();
        Assert.AreNotEqual(first["metadata.resourceVersion"], third["metadata.resourceVersion"]);
    }

    [TestMethod]
    public async Task APatchWithTheRightResourceVersionIsTaken()
    {
        await using var cluster = await Cluster.StartAsync();
        var version = (await cluster.CreateConfigMapAsync("a"))["metadata.resourceVersion"];
        var patch = $$$"""{"metadata":{"resourceVersion":"{{{version}}}"},"data":{"b":"2"}}""";
        Assert.AreEqual(200, (await cluster.PatchAsync($"{Cluster.ConfigMaps}/a", Cluster.Merge, patch)).Code);
        Assert.AreEqual(409, (await cluster.PatchAsync($"{Cluster.ConfigMaps}/a", Cluster.Merge, patch)).Code);
    }

    [TestMethod]
    public async Task PutCreatesALeaseAndThenNeedsItsResourceVersion()
    {
        await using var cluster = await Cluster.StartAsync();
        const string lease = """{"metadata":{"name":"n1"},"spec":{"holderIdentity":"n1"}}""";
        Assert.AreEqual(201, (await cluster.SendAsync("PUT", Cluster.Leases + "/n1", lease)).Code);
        Assert.AreEqual(422, (await cluster.SendAsync("PUT", Cluster.Leases + "/n1", lease)).Code);
    }

    [TestMethod]
    public async Task DryRunWritesNothing()
    {
        await using var cluster = await Cluster.StartAsync();
        Assert.AreEqual(201, (await cluster.PostAsync(Cluster.ConfigMaps + "?dryRun=All", """{"metadata":{"name":"a"}}""")).Code);
        Assert.AreEqual(404, (await cluster.GetAsync(Cluster.ConfigMaps + "/a")).Code);
    }

    [TestMethod]
    public async Task UnknownFieldsAreDroppedToldOrRefused()
    {
        await using var cluster = await Cluster.StartAsync();
        const string body = """{"metadata":{"name":"a","nope":1}}""";
        var strict = await cluster.PostAsync(Cluster.ConfigMaps + "?fieldValidation=Strict", body);
        Assert.AreEqual(400, strict.Code);
        StringAssert.Contains(strict["message"], "strict decoding error: unknown field \"metadata.nope\"");
        var warned = (await cluster.PostAsync(Cluster.ConfigMaps + "?fieldValidation=Warn", body)).Ok();
        Assert.AreEqual("299 - \"unknown field \\\"metadata.nope\\\"\"", warned.Message.Headers.GetValues("Warning").Single());
    }

    [TestMethod]
    public async Task EveryVerbAnswersWithMetadataAloneWhenAsked()
    {
        await using var cluster = await Cluster.StartAsync();
        var replies = new[]
        {
            await cluster.PostAsync(Cluster.Nodes, """{"metadata":{"name":"n1"}}""", Cluster.MetadataOnly),
            await cluster.GetAsync(N1, $"{Cluster.MetadataOnly},application/json"),
            await cluster.PatchAsync(N1 + "/status", Cluster.Strategic, """{"status":{"phase":"a"}}""", Cluster.MetadataOnly),
        };
        foreach (var reply in replies)
        {
            Assert.AreEqual("PartialObjectMetadata", reply.Ok()["kind"]);
            Assert.AreEqual("meta.k8s.io/v1", reply["apiVersion"]);
            Assert.AreEqual("n1", reply["metadata.name"]);
            Assert.IsNull(reply["status"]);
        }
        Assert.AreEqual("PartialObjectMetadataList", (await cluster.GetAsync(Cluster.Nodes, Cluster.MetadataOnly))["kind"]);
    }

    [TestMethod]
    public async Task FallsBackToTheNextAcceptedForm()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateNodeAsync("n1");
        Assert.AreEqual("Node", (await cluster.GetAsync(N1, "application/vnd.kubernetes.protobuf,application/json"))["kind"]);
        Assert.AreEqual("Node", (await cluster.GetAsync(N1, "application/json;as=Foo;g=meta.k8s.io;v=v1, */*"))["kind"]);
    }

    [TestMethod]
    [DataRow("curl/8.0", "", true)]
    [DataRow("Mozilla/5.0 (X11)", "", true)]
    [DataRow("picokubelet/1", "", false)]
    [DataRow("picokubelet/1", "?pretty=true", true)]
    [DataRow("curl/8.0", "?pretty=false", false)]
    public async Task IndentsForPeople(string agent, string query, bool indented)
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);
        var reply = await cluster.GetAsync("/api/v1/namespaces/default" + query);
        Assert.AreEqual(indented, reply.Text.StartsWith("{\n  \"kind\"", StringComparison.Ordinal));
        Assert.IsNotNull(reply.Message.Headers.Date);
    }

    [TestMethod]
    public async Task ListsInPages()
    {
        await using var cluster = await Cluster.StartAsync();
        foreach (var name in (string[])["a", "b", "c"])
        {
            await cluster.CreateConfigMapAsync(name);
        }
        var first = (await cluster.GetAsync(Cluster.ConfigMaps + "?limit=2")).Ok();
        Assert.AreEqual("b", first["items.1.metadata.name"]);
        Assert.AreEqual("1", first["metadata.remainingItemCount"]);
        var second = (await cluster.GetAsync($"{Cluster.ConfigMaps}?limit=2&continue={Uri.EscapeDataString(first["metadata.continue"]!)}")).Ok();
        Assert.AreEqual("c", second["items.0.metadata.name"]);
        Assert.IsNull(second["metadata.continue"]);
    }

    [TestMethod]
    public async Task DeletesWhatTheSelectorsPick()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigMapAsync("a", """{"x":"1"}""");
        await cluster.CreateConfigMapAsync("b", """{"x":"2"}""");
        (await cluster.SendAsync("DELETE", Cluster.ConfigMaps + "?labelSelector=x%3D1")).Ok();
        var left = (await cluster.GetAsync(Cluster.ConfigMaps)).Json["items"]!.AsArray();
        Assert.AreEqual("b", left.Single()!["metadata"]!["name"]!.ToString());
    }

    [TestMethod]
    public async Task DeletionSaysWhatIsGone()
    {
        await using var cluster = await Cluster.StartAsync();
        var uid = (await cluster.CreateNodeAsync("n1"))["metadata.uid"];
        var other = """{"preconditions":{"uid":"other"}}""";
        Assert.AreEqual(409, (await cluster.SendAsync("DELETE", N1, other)).Code);
        var reply = (await cluster.SendAsync("DELETE", N1)).Ok();
        Assert.AreEqual("Success", reply["status"]);
        Assert.AreEqual(uid, reply["details.uid"]);
    }

    [TestMethod]
    public async Task FinalizersHoldAnObject()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Cluster.ConfigMaps, """{"metadata":{"name":"a","finalizers":["x.io/y"]}}""");
        Assert.IsNotNull((await cluster.SendAsync("DELETE", Cluster.ConfigMaps + "/a")).Ok()["metadata.deletionTimestamp"]);
        Assert.AreEqual(200, (await cluster.GetAsync(Cluster.ConfigMaps + "/a")).Code);
        (await cluster.PatchAsync(Cluster.ConfigMaps + "/a", Cluster.Merge, """{"metadata":{"finalizers":null}}""")).Ok();
        Assert.AreEqual(404, (await cluster.GetAsync(Cluster.ConfigMaps + "/a")).Code);
    }

    [TestMethod]
    public async Task TellsOfRequests()
    {
        await using var cluster = await Cluster.StartAsync();
        var served = new TaskCompletionSource<ServedRequest>();
        cluster.Server.RequestServed += request => served.TrySetResult(request);
        var reply = await cluster.GetAsync("/api/v1/nodes?limit=1");
        var told = await served.Task.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.AreEqual(("GET", "/api/v1/nodes", "?limit=1", 200), (told.Method, told.Path, told.Query, told.Status));
        // The request: one line, Host, and nothing else. The reply: head and body.
        var request = $"GET /api/v1/nodes?limit=1 HTTP/1.1\r\nHost: {cluster.Server.Url.Authority}\r\n\r\n";
        Assert.AreEqual(request.Length, told.BytesIn);
        Assert.IsTrue(told.BytesOut > reply.Text.Length + 100 && told.BytesOut < reply.Text.Length + 300, told.ToString());
    }

    [TestMethod]
    public async Task SummarizesNodes()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateNodeAsync("n1");
        await cluster.PostAsync(Cluster.Leases, """{"metadata":{"name":"n1"},"spec":{"renewTime":"2026-01-23T10:30:01.500000Z"}}""");
        await Wait.UntilAsync(() => cluster.Server.Nodes.Single().Taints.Count == 0, "the taint of a new node goes");
        var node = cluster.Server.Nodes.Single();
        Assert.AreEqual(("n1", "True", "KubeletReady", "10.0.0.1"), (node.Name, node.Ready, node.ReadyReason, node.InternalIP));
        Assert.AreEqual(new DateTimeOffset(2026, 1, 23, 10, 30, 1, 500, TimeSpan.Zero), node.LastHeartbeat);
    }
}
