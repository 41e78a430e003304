using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.OpenApi;

/// <summary>
/// The paths of OpenAPI documents, as much of them as kubectl looks at: that PATCH takes dryRun and fieldValidation, so that the
/// server tries and validates rather than kubectl.
/// </summary>
internal static class PatchPaths
{
    private static readonly string[] Parameters = ["dryRun", "fieldManager", "fieldValidation", "force"];

    /// <summary>The paths of resources with their PATCH.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="parameter">Makes a parameter from its name.</param>
    /// <param name="complete">Adds to an operation what is particular to the document's version.</param>
    public static JsonObject Of(IEnumerable<ResourceType> resources, Func<string, JsonObject> parameter, Action<JsonObject> complete)
    {
        var paths = new JsonObject();
        foreach (var type in resources)
        {
            var scope = type.Namespaced ? "namespaces/{namespace}/" : "";
            var prefix = type.Group.Length == 0 ? $"/api/{type.Version}" : $"/apis/{type.Group}/{type.Version}";
            var operation = new JsonObject
            {
                ["operationId"] = $"patch{type.Kind}",
                ["parameters"] = new JsonArray([.. Parameters.Select(parameter)]),
                ["responses"] = new JsonObject(),
                ["x-kubernetes-action"] = "patch",
                ["x-kubernetes-group-version-kind"] = new JsonObject { ["group"] = type.Group, ["version"] = type.Version, ["kind"] = type.Kind },
            };
            complete(operation);
            paths[$"{prefix}/{scope}{type.Plural}/{{name}}"] = new JsonObject { ["patch"] = operation };
        }
        return paths;
    }

    /// <summary>The media types of patches.</summary>
    public static string[] MediaTypes => PatchReader.MediaTypes;
}
