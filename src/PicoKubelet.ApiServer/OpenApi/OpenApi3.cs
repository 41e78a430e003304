using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.OpenApi;

/// <summary>/openapi/v3: an index, and a document for each group and version.</summary>
internal static class OpenApi3
{
    private const string Root = "/openapi/v3";

    private static readonly ConcurrentDictionary<string, JsonObject> Documents = new(StringComparer.Ordinal);

    /// <summary>The document at that path, or null.</summary>
    /// <param name="path">The path.</param>
    /// <param name="groups">The groups that this server has, but for the core group.</param>
    public static JsonObject? Find(string path, IEnumerable<string> groups)
    {
        if (path == Root)
        {
            return Index(groups);
        }
        var prefix = path.StartsWith(Root + "/", StringComparison.Ordinal) ? path[(Root.Length + 1)..] : "";
        var group = prefix == "api/v1" ? "" : groups.FirstOrDefault(group => prefix == $"apis/{group}/v1");
        return group is null ? null : Documents.GetOrAdd(group, Document);
    }

    private static JsonObject Index(IEnumerable<string> groups)
    {
        var paths = new JsonObject();
        foreach (var prefix in groups.Select(group => $"apis/{group}/v1").Prepend("api/v1"))
        {
            paths[prefix] = new JsonObject { ["serverRelativeURL"] = $"{Root}/{prefix}" };
        }
        return new JsonObject { ["paths"] = paths };
    }

    private static JsonObject Document(string group)
    {
        var resources = ResourceCatalog.All.Where(type => type.Group == group).ToList();
        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = ServerVersion.Kubernetes },
            ["paths"] = PatchPaths.Of(resources, Parameter, AddBody),
            ["components"] = new JsonObject { ["schemas"] = OpenApiDefinitions.Of(resources, "#/components/schemas/", wrapsReferences: true) },
        };
    }

    private static JsonObject Parameter(string name) => new()
    {
        ["name"] = name,
        ["in"] = "query",
        ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true },
    };

    private static void AddBody(JsonObject operation)
    {
        var content = new JsonObject(PatchPaths.MediaTypes.Select(type => KeyValuePair.Create(type, (JsonNode?)new JsonObject())));
        operation["requestBody"] = new JsonObject { ["content"] = content };
    }
}
