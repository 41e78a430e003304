using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Patching;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>Reads a patch by its media type.</summary>
internal static class PatchReader
{
    private const string Json = "application/json-patch+json";
    private const string Merge = "application/merge-patch+json";
    private const string Strategic = "application/strategic-merge-patch+json";

    /// <summary>The media type of server-side apply.</summary>
    public const string Apply = "application/apply-patch+yaml";

    /// <summary>The media types of the patches that this server takes, server-side apply included.</summary>
    public static string[] MediaTypes => [Json, Merge, Strategic, Apply];

    /// <summary>The function that applies the patch to an object.</summary>
    /// <exception cref="ApiException">The media type is none of a patch, or the body is not one.</exception>
    public static Func<StoredObject, JsonNode?> Read(string mediaType, byte[] body)
    {
        switch (mediaType)
        {
            case Json:
                var operations = Parse(body) as JsonArray
                    ?? throw Failures.BadRequest("json: cannot unmarshal object into Go value of type jsonpatch.Patch");
                return current => JsonPatch.Apply(current.Document, operations);
            case Merge:
                var merge = ParseObject(body);
                return current => MergePatch.Apply(current.Document, merge);
            case Strategic:
                var strategic = ParseObject(body);
                return current => StrategicMergePatch.Apply(current.Document, strategic, current.Type.Schema);
            default:
                throw Failures.UnsupportedMediaType(MediaTypes);
        }
    }

    /// <summary>The object that a server-side apply brings. The media type is that of YAML; JSON, which kubectl sends, is read alone.</summary>
    /// <exception cref="ApiException">The request does not say who applies, or the body is not this object.</exception>
    public static JsonObject ReadApplied(ApiCall call, byte[] body)
    {
        if (call.Query("fieldManager").Length == 0)
        {
            throw Failures.NoFieldManager();
        }
        var document = RequestBody.Parse(body, why => Failures.BadRequest($"error decoding YAML: this server takes it as JSON alone: {why}")) as JsonObject
            ?? throw Failures.BadRequest("error decoding YAML: it holds no object");
        var (kind, version) = (document.Text("kind") ?? "", document.Text("apiVersion") ?? "");
        if (kind != call.Type.Kind || version != call.Type.ApiVersion)
        {
            throw Failures.BadRequest($"{kind} in version \"{version}\" cannot be handled as a {call.Type.Kind}");
        }
        if (document.Text("metadata", "name") != call.Name)
        {
            throw Failures.BadRequest($"the name of the object ({document.Text("metadata", "name")}) does not match the name on the URL ({call.Name})");
        }
        if (document.At("metadata", "managedFields") is not null)
        {
            throw Failures.BadRequest("metadata.managedFields must be nil");
        }
        return document;
    }

    private static JsonObject ParseObject(byte[] body) =>
        Parse(body) as JsonObject ?? throw Failures.BadRequest("json: cannot unmarshal into Go value of type map[string]interface {}");

    private static JsonNode? Parse(byte[] body) => RequestBody.Parse(body, why => Failures.BadRequest($"error decoding patch: {why}"));
}
