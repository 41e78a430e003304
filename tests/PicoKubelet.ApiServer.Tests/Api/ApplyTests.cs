using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Api;

/// <summary>Server-side apply.</summary>
[TestClass]
public sealed class ApplyTests
{
    private const string Type = "application/apply-patch+yaml";
    private const string Path = Cluster.ConfigMaps + "/c";

    [TestMethod]
    public async Task CreatesWhatIsNotThere()
    {
        await using var cluster = await Cluster.StartAsync();
        var created = await ApplyAsync(cluster, """{"x":"1"}""", "me");
        Assert.AreEqual(201, created.Code);
        Assert.AreEqual("me", created["metadata.managedFields.0.manager"]);
        Assert.AreEqual("Apply", created["metadata.managedFields.0.operation"]);
        Assert.AreEqual("""{"f:data":{"f:x":{}}}""", created.Json["metadata"]!["managedFields"]![0]!["fieldsV1"]!.ToJsonString());
    }

    [TestMethod]
    public async Task WritesNothingWhenNothingChanges()
    {
        await using var cluster = await Cluster.StartAsync();
        var created = await ApplyAsync(cluster, """{"x":"1"}""", "me");
        var again = (await ApplyAsync(cluster, """{"x":"1"}""", "me")).Ok();
        Assert.AreEqual(created["metadata.resourceVersion"], again["metadata.resourceVersion"]);
    }

    [TestMethod]
    public async Task TellsEachConflict()
    {
        await using var cluster = await Cluster.StartAsync();
        await ApplyAsync(cluster, """{"x":"1","y":"1","z":"1"}""", "me");
        var refused = await ApplyAsync(cluster, """{"x":"2","y":"2","z":"1"}""", "you");
        Assert.AreEqual(409, refused.Code);
        Assert.AreEqual("Conflict", refused["reason"]);
        Assert.AreEqual("Apply failed with 2 conflicts: conflicts with \"me\":\n- .data.x\n- .data.y", refused["message"]);
        Assert.AreEqual("FieldManagerConflict", refused["details.causes.0.reason"]);
        Assert.AreEqual("conflict with \"me\"", refused["details.causes.0.message"]);
        Assert.AreEqual(".data.y", refused["details.causes.1.field"]);
        Assert.AreEqual("1", (await cluster.GetAsync(Path))["data.x"]);
    }

    [TestMethod]
    public async Task WhatTwoManagersSetAlikeGoesWhenNeitherDoes()
    {
        await using var cluster = await Cluster.StartAsync();
        await ApplyAsync(cluster, """{"x":"1"}""", "me");
        await ApplyAsync(cluster, """{"x":"1"}""", "you");
        Assert.AreEqual("1", (await ApplyAsync(cluster, "{}", "me"))["data.x"]);
        Assert.IsNull((await ApplyAsync(cluster, "{}", "you"))["data"]);
    }

    [TestMethod]
    public async Task AnOrdinaryWriteTakesTheFieldsThatItChanges()
    {
        await using var cluster = await Cluster.StartAsync();
        await ApplyAsync(cluster, """{"x":"1","y":"1"}""", "me");
        var patched = (await cluster.PatchAsync(Path + "?fieldManager=hand", Cluster.Merge, """{"data":{"x":"2"}}""")).Ok();
        var managers = patched.Json["metadata"]!["managedFields"]!.AsArray();
        Assert.AreEqual("""{"f:data":{"f:y":{}}}""", managers[0]!["fieldsV1"]!.ToJsonString());
        Assert.AreEqual("hand", managers[1]!["manager"]!.ToString());
        Assert.AreEqual("Update", managers[1]!["operation"]!.ToString());
        Assert.AreEqual("""{"f:data":{"f:x":{}}}""", managers[1]!["fieldsV1"]!.ToJsonString());
        Assert.AreEqual(409, (await ApplyAsync(cluster, """{"x":"1"}""", "me")).Code);
        Assert.AreEqual("1", (await ApplyAsync(cluster, """{"x":"1"}""", "me", "&force=true"))["data.x"]);
    }

    [TestMethod]
    public async Task ObjectsThatNobodyAppliedToCarryNoManagedFields()
    {
        await using var cluster = await Cluster.StartAsync();
        var node = (await cluster.CreateNodeAsync("n1")).Ok();
        Assert.IsNull(node["metadata.managedFields"]);
    }

    [TestMethod]
    public async Task WhatKubectlAppliedByItselfPassesToItsServerSideApply()
    {
        await using var cluster = await Cluster.StartAsync();
        var applied = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"x":"1"}}""";
        var annotation = new JsonObject { ["kubectl.kubernetes.io/last-applied-configuration"] = applied };
        var body = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "c", ["annotations"] = annotation }, ["data"] = new JsonObject { ["x"] = "1", ["y"] = "1" } };
        (await cluster.PostAsync(Cluster.ConfigMaps, body.ToJsonString())).Ok();
        Assert.AreEqual(409, (await ApplyAsync(cluster, """{"x":"2"}""", "other")).Code);
        Assert.AreEqual(409, (await ApplyAsync(cluster, """{"y":"2"}""", "kubectl")).Code);
        Assert.AreEqual("2", (await ApplyAsync(cluster, """{"x":"2"}""", "kubectl"))["data.x"]);
    }

    [TestMethod]
    public async Task MergesListsByTheirKeyAndReplacesTheOthers()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateNodeAsync("n1");
        (await cluster.PatchAsync(Cluster.Nodes + "/n1", Cluster.Merge, """{"spec":{"taints":[{"key":"b","effect":"NoSchedule"}]}}""")).Ok();
        var status = """{"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"},"status":{"conditions":[{"type":"Mine","status":"True"}]}}""";
        var node = (await cluster.PatchAsync(Cluster.Nodes + "/n1/status?fieldManager=me", Type, status)).Ok();
        Assert.IsTrue(node.Json["status"]!["conditions"]!.AsArray().Count > 1);
        var own = node.Json["metadata"]!["managedFields"]!.AsArray().Single(entry => entry!["manager"]!.ToString() == "me")!;
        Assert.AreEqual("status", own["subresource"]!.ToString());
        Assert.AreEqual("""{"f:status":{"f:conditions":{"k:{\"type\":\"Mine\"}":{".":{},"f:status":{},"f:type":{}}}}}""", JsonText(own["fieldsV1"]!));

        // Taints are one field.
        var taints = """{"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"},"spec":{"taints":[{"key":"a","effect":"NoSchedule"}]}}""";
        Assert.AreEqual(409, (await cluster.PatchAsync(Cluster.Nodes + "/n1?fieldManager=me", Type, taints)).Code);
        node = (await cluster.PatchAsync(Cluster.Nodes + "/n1?fieldManager=me&force=true", Type, taints)).Ok();
        Assert.HasCount(1, node.Json["spec"]!["taints"]!.AsArray());

        // Without it, its item goes whole.
        status = """{"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"}}""";
        node = (await cluster.PatchAsync(Cluster.Nodes + "/n1/status?fieldManager=me", Type, status)).Ok();
        Assert.IsFalse(node.Json["status"]!["conditions"]!.AsArray().Any(condition => condition!["type"]!.ToString() == "Mine"));
    }

    [TestMethod]
    [DataRow("", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}""", 422, "fieldManager: Required value: is required for apply patch")]
    [DataRow("?fieldManager=me", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"c"}}""", 400, "cannot be handled as a ConfigMap")]
    [DataRow("?fieldManager=me", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"d"}}""", 400, "does not match the name on the URL")]
    [DataRow("?fieldManager=me", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","managedFields":[]}}""", 400, "metadata.managedFields must be nil")]
    [DataRow("?fieldManager=me", "apiVersion: v1", 400, "takes it as JSON alone")]
    public async Task RefusesWhatIsNone(string query, string body, int code, string message)
    {
        await using var cluster = await Cluster.StartAsync();
        var reply = await cluster.PatchAsync(Path + query, Type, body);
        Assert.AreEqual(code, reply.Code);
        StringAssert.Contains(reply["message"], message);
    }

    [TestMethod]
    public async Task CreatesForThoseAloneWhoMayCreate()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.AddToken("t", "patcher", "get,patch configmaps");
        var body = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}""";
        var reply = await cluster.SendAsync("PATCH", Path + "?fieldManager=me", body, Type, token: "t");
        Assert.AreEqual(403, reply.Code);
        StringAssert.Contains(reply["message"], "cannot create resource \"configmaps\"");
    }

    private static Task<Reply> ApplyAsync(Cluster cluster, string data, string manager, string query = "") => cluster.PatchAsync(
        $"{Path}?fieldManager={manager}{query}", Type, $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{{{data}}}}""");

    private static string JsonText(JsonNode node) => node.ToJsonString(new System.Text.Json.JsonSerializerOptions
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
