using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.OpenApi;

/// <summary>/openapi/v2: all types in one document, as JSON and as the protobuf that kubectl asks for.</summary>
internal static class OpenApi2
{
    // With a dot where the request has an @, which Go's parser of media types does not take.
    private const string ProtobufType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private static readonly Lazy<JsonObject> Document = new(NewDocument);
    private static readonly Lazy<byte[]> Json = new(() => JsonWriting.ToUtf8(Document.Value));
    private static readonly Lazy<byte[]> Protobuf = new(() => OpenApiProtobuf.Write(Document.Value));

    public static Task WriteAsync(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("protobuf", StringComparison.Ordinal)
            ? Replies.WriteAsync(context, 200, Protobuf.Value, ProtobufType)
            : Replies.WriteAsync(context, 200, Json.Value, "application/json");

    private static JsonObject NewDocument() => new()
    {
        ["swagger"] = "2.0",
        ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = ServerVersion.Kubernetes },
        ["paths"] = PatchPaths.Of(ResourceCatalog.All, Parameter, AddMediaTypes),
        ["definitions"] = OpenApiDefinitions.Of(ResourceCatalog.All, "#/definitions/", wrapsReferences: false),
    };

    private static JsonObject Parameter(string name) => new() { ["name"] = name, ["in"] = "query", ["type"] = "string", ["uniqueItems"] = true };

    private static void AddMediaTypes(JsonObject operation) =>
        operation["consumes"] = new JsonArray([.. PatchPaths.MediaTypes.Select(type => JsonValue.Create(type))]);
}
