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
                throw Failures.UnsupportedMediaType(Json, Merge, Strategic);
        }
    }

    private static JsonObject ParseObject(byte[] body) =>
        Parse(body) as JsonObject ?? throw Failures.BadRequest("json: cannot unmarshal into Go value of type map[string]interface {}");

    private static JsonNode? Parse(byte[] body) => RequestBody.Parse(body, why => Failures.BadRequest($"error decoding patch: {why}"));
}
