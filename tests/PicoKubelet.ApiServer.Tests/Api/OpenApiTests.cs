using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.OpenApi;
using PicoKubelet.ApiServer.Protobuf;
using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Api;

/// <summary>The documents by which kubectl explains, validates and merges.</summary>
[TestClass]
public sealed class OpenApiTests
{
    private const string Node = "io.k8s.api.core.v1.Node";

    [TestMethod]
    public async Task EveryReferenceLeadsSomewhere()
    {
        await using var cluster = await Cluster.StartAsync();
        var index = (await cluster.GetAsync("/openapi/v3")).Ok();
        var documents = index.Json["paths"]!.AsObject().Select(path => path.Value!["serverRelativeURL"]!.ToString()).Append("/openapi/v2").ToArray();
        Assert.IsGreaterThan(5, documents.Length);
        foreach (var path in documents)
        {
            var document = (await cluster.GetAsync(path)).Ok().Json;
            var schemas = document["definitions"] ?? document["components"]!["schemas"]!;
            var prefix = document["definitions"] is null ? "#/components/schemas/" : "#/definitions/";
            foreach (var reference in References(document))
            {
                StringAssert.StartsWith(reference, prefix);
                Assert.IsNotNull(schemas[reference[prefix.Length..]], $"{path}: {reference}");
            }
        }
    }

    [TestMethod]
    public async Task ListsSayHowTheyMerge()
    {
        await using var cluster = await Cluster.StartAsync();
        var schemas = (await cluster.GetAsync("/openapi/v3/api/v1")).Ok().Json["components"]!["schemas"]!;
        Assert.AreEqual("type", schemas["io.k8s.api.core.v1.NodeStatus"]!["properties"]!["conditions"]!["x-kubernetes-patch-merge-key"]!.ToString());
        Assert.AreEqual("Node", schemas[Node]!["x-kubernetes-group-version-kind"]![0]!["kind"]!.ToString());
        Assert.IsNotNull(schemas["io.k8s.api.core.v1.Probe"]!["properties"]!["httpGet"], "a field of an inlined type");
    }

    // The media type had an @, with which Go's parser, and so kubectl 1.20, does not read the document at all.
    [TestMethod]
    public async Task TheProtobufHasAMediaTypeThatCanBeParsed()
    {
        await using var cluster = await Cluster.StartAsync();
        var reply = await cluster.GetAsync("/openapi/v2", accept: "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");
        Assert.AreEqual("application/com.github.proto-openapi.spec.v2.v1.0+protobuf", reply.Message.Content.Headers.ContentType!.MediaType);
    }

    [TestMethod]
    public async Task TheProtobufHoldsWhatTheJsonHolds()
    {
        await using var cluster = await Cluster.StartAsync();
        var document = (JsonObject)(await cluster.GetAsync("/openapi/v2")).Ok().Json;
        var names = new List<string>();
        var reader = new WireReader(OpenApiProtobuf.Write(document));
        while (reader.Next())
        {
            var definitions = new WireReader(reader.Field == 9 ? reader.Bytes : default);
            while (definitions.Next())
            {
                var definition = new WireReader(definitions.Bytes);
                Assert.IsTrue(definition.Next());
                names.Add(Encoding.UTF8.GetString(definition.Bytes));
            }
        }
        CollectionAssert.AreEqual(document["definitions"]!.AsObject().Select(definition => definition.Key).ToArray(), names);
        CollectionAssert.Contains(names, Node);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "$ref", Value: JsonValue value } ? [value.ToString()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
