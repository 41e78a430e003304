using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Api;

/// <summary>Errors as a real kube-apiserver words them.</summary>
[TestClass]
public sealed class ErrorTests
{
    private const string Node = """{"kind":"Node","apiVersion":"v1","metadata":{"name":"n1"}}""";

    [TestMethod]
    [DataRow("GET", "/api/v1/nodes/x", null, 404, "NotFound", "nodes \"x\" not found")]
    [DataRow("GET", "/apis/coordination.k8s.io/v1/namespaces/d/leases/x", null, 404, "NotFound", "leases.coordination.k8s.io \"x\" not found")]
    [DataRow("DELETE", "/api/v1/nodes/x", null, 404, "NotFound", "nodes \"x\" not found")]
    [DataRow("PUT", "/api/v1/nodes/x", """{"metadata":{"name":"x"}}""", 404, "NotFound", "nodes \"x\" not found")]
    [DataRow("GET", "/api/v1/nope", null, 404, "NotFound", "the server could not find the requested resource")]
    [DataRow("GET", "/api/v1/nodes/n1/nope", null, 404, "NotFound", "the server could not find the requested resource")]
    [DataRow("POST", "/api/v1/nodes", Node, 409, "AlreadyExists", "nodes \"n1\" already exists")]
    [DataRow("PUT", "/api/v1/nodes/n1", """{"metadata":{"name":"n1","resourceVersion":"1"}}""", 409, "Conflict",
        "Operation cannot be fulfilled on nodes \"n1\": the object has been modified; please apply your changes to the latest version and try again")]
    [DataRow("PUT", "/api/v1/nodes/n1", """{"metadata":{"name":"n2"}}""", 400, "BadRequest", "the name of the object (n2) does not match the name on the URL (n1)")]
    [DataRow("POST", "/api/v1/nodes", """{"metadata":{}}""", 422, "Invalid", "Node \"\" is invalid: metadata.name: Required value: name or generateName is required")]
    [DataRow("POST", "/api/v1/nodes", "", 400, "BadRequest",
        "the object provided is unrecognized (must be of type Node): couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)")]
    [DataRow("POST", "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"c","namespace":"other"}}""", 400, "BadRequest",
        "the namespace of the provided object does not match the namespace sent on the request")]
    [DataRow("POST", "/api/v1/namespaces/nope/configmaps", """{"metadata":{"name":"c"}}""", 404, "NotFound", "namespaces \"nope\" not found")]
    [DataRow("PUT", "/api/v1/nodes", Node, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource")]
    [DataRow("POST", "/api/v1/nodes/n1", Node, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource")]
    [DataRow("DELETE", "/api/v1/nodes/n1/status", null, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource")]
    [DataRow("GET", "/api/v1/nodes?fieldSelector=foo%3Dbar", null, 400, "BadRequest", "field label not supported: foo")]
    [DataRow("GET", "/api/v1/nodes?limit=x", null, 400, "BadRequest", "strconv.ParseInt: parsing \"x\": invalid syntax")]
    [DataRow("DELETE", "/api/v1/namespaces/default", null, 403, "Forbidden", "namespaces \"default\" is forbidden: this namespace may not be deleted")]
    public async Task SaysWhatIsWrong(string method, string path, string? body, int code, string reason, string message)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Cluster.Nodes, Node);
        var reply = await cluster.SendAsync(method, path, body);
        Assert.AreEqual(code, reply.Code);
        Assert.AreEqual("Status", reply["kind"]);
        Assert.AreEqual("Failure", reply["status"]);
        Assert.AreEqual(reason, reply["reason"]);
        Assert.AreEqual(message, reply["message"]);
        Assert.AreEqual(code.ToString(), reply["code"]);
    }

    [TestMethod]
    [DataRow("""{"metadata":{"name":"N_1"}}""", "metadata.name")]
    [DataRow("""{"metadata":{"name":"n2","labels":{"a b":"c"}}}""", "metadata.labels")]
    [DataRow("""{"metadata":{"name":"n2","labels":{"a":"b c"}}}""", "metadata.labels")]
    [DataRow("""{"metadata":{"name":"n2"},"spec":{"taints":[{"key":"a","effect":"Never"}]}}""", "spec.taints[0].effect")]
    [DataRow("""{"metadata":{"name":"n2","ownerReferences":[{"kind":"Node","apiVersion":"v1","name":"a"}]}}""", "metadata.ownerReferences.uid")]
    public async Task NamesTheInvalidField(string body, string field)
    {
        await using var cluster = await Cluster.StartAsync();
        var reply = await cluster.PostAsync(Cluster.Nodes, body);
        Assert.AreEqual(422, reply.Code);
        Assert.AreEqual("Invalid", reply["reason"]);
        Assert.AreEqual(field, reply["details.causes.0.field"]);
    }

    [TestMethod]
    [DataRow("""{"metadata":{"name":"c"},"data":{"a":1}}""")]
    [DataRow("""{"metadata":{"name":"c"},"data":[]}""")]
    [DataRow("""{"metadata":{"name":"c","labels":{"a":true}}}""")]
    [DataRow("""{"kind":"Secret","apiVersion":"v1","metadata":{"name":"c"}}""")]
    [DataRow("""["a"]""")]
    [DataRow("""{"metadata":{"name":"c"}} trailing""")]
    [DataRow("""{"metadata":""")]
    public async Task RefusesADocumentOfAnotherShape(string body)
    {
        await using var cluster = await Cluster.StartAsync();
        Assert.AreEqual(400, (await cluster.PostAsync(Cluster.ConfigMaps, body)).Code);
    }

    [TestMethod]
    [DataRow("2026-01-23T10:30:00.123456Z", 201)]
    [DataRow("2026-01-23T10:30:00Z", 400)]
    [DataRow("2026-01-23T10:30:00.5Z", 400)]
    [DataRow("yesterday", 400)]
    public async Task ARenewTimeHasSixDigitsOfASecond(string time, int code)
    {
        await using var cluster = await Cluster.StartAsync();
        var reply = await cluster.PostAsync(Cluster.Leases, $$$"""{"metadata":{"name":"n1"},"spec":{"renewTime":"{{{time}}}"}}""");
        Assert.AreEqual(code, reply.Code, reply.Text);
    }

    [TestMethod]
    public async Task RefusesMediaTypesThatItDoesNotKnow()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Cluster.Nodes, Node);
        Assert.AreEqual(415, (await cluster.SendAsync("POST", Cluster.Nodes, Node, "text/plain")).Code);
        Assert.AreEqual(415, (await cluster.PatchAsync($"{Cluster.Nodes}/n1", "application/json", "{}")).Code);
        Assert.AreEqual(406, (await cluster.GetAsync(Cluster.Nodes, "text/plain")).Code);
        Assert.AreEqual(406, (await cluster.GetAsync(Cluster.Nodes, "application/json;as=Foo;g=meta.k8s.io;v=v1")).Code);
    }

    [TestMethod]
    public async Task RefusesLargeBodies()
    {
        await using var cluster = await Cluster.StartAsync();
        var reply = await cluster.PostAsync(Cluster.ConfigMaps, new string(' ', (3 * 1024 * 1024) + 1));
        Assert.AreEqual(413, reply.Code);
        Assert.AreEqual("Request entity too large: limit is 3145728", reply["message"]);
    }

    [TestMethod]
    [DataRow(Cluster.Merge, "{garbage", 400)]
    [DataRow(Cluster.Merge, "\"x\"", 400)]
    [DataRow(Cluster.Strategic, "{garbage", 400)]
    [DataRow(Cluster.JsonPatch, "{}", 400)]
    [DataRow(Cluster.JsonPatch, """[{"op":"test","path":"/metadata/name","value":"zz"}]""", 422)]
    [DataRow(Cluster.JsonPatch, """[{"op":"replace","path":"","value":[]}]""", 422)]
    [DataRow(Cluster.Merge, """{"metadata":{"name":"other"}}""", 400)]
    [DataRow(Cluster.Merge, """{"metadata":{"resourceVersion":"1"}}""", 409)]
    [DataRow(Cluster.Merge, """{"metadata":{"uid":"zz"}}""", 422)]
    [DataRow(Cluster.Merge, """{"metadata":{"labels":{"a":1}}}""", 422)]
    [DataRow(Cluster.Strategic, """{"status":{"capacity":{"cpu":"abc"}}}""", 422)]
    [DataRow(Cluster.Strategic, """{"status":{"conditions":[{"type":"Ready","lastHeartbeatTime":"yesterday"}]}}""", 422)]
    [DataRow(Cluster.Strategic, """{"status":{"daemonEndpoints":{"kubeletEndpoint":{"Port":"abc"}}}}""", 422)]
    public async Task RefusesPatches(string type, string patch, int code)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Cluster.Nodes, Node);
        var before = await cluster.GetAsync($"{Cluster.Nodes}/n1");
        Assert.AreEqual(code, (await cluster.PatchAsync($"{Cluster.Nodes}/n1/status", type, patch)).Code);
        Assert.AreEqual(before["metadata.uid"], (await cluster.GetAsync($"{Cluster.Nodes}/n1"))["metadata.uid"]);
    }
}
