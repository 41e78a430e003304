using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.OpenApi;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>What tells clients which resources there are.</summary>
internal static class DiscoveryDocuments
{
    /// <summary>The document at that path, or null.</summary>
    public static JsonNode? Find(string path, string host) => path.TrimEnd('/') switch
    {
        "/version" => Version(),
        "/api" => Versions(host),
        "/apis" => Groups(),
        var other when other.StartsWith("/openapi/v3", StringComparison.Ordinal) => OpenApi3.Find(other, GroupNames),
        _ => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["api", "v1"] => Resources("", "v1"),
            ["apis", var group] => Group(group),
            ["apis", var group, "v1"] => Resources(group, "v1"),
            _ => null,
        },
    };

    private static IEnumerable<string> GroupNames =>
        ResourceCatalog.All.Select(type => type.Group).Concat(Reviews.All.Select(review => review.Group)).Where(group => group.Length > 0).Distinct(StringComparer.Ordinal);

    private static JsonObject Version() => new()
    {
        ["major"] = ServerVersion.Major,
        ["minor"] = ServerVersion.Minor,
        ["gitVersion"] = ServerVersion.Git,
        ["gitCommit"] = "",
        ["gitTreeState"] = "",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "",
        ["compiler"] = ".NET",
        ["platform"] = "embedded",
    };

    private static JsonObject Versions(string host) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = host }),
    };

    private static JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. GroupNames.Select(GroupEntry)]),
    };

    private static JsonObject? Group(string group)
    {
        if (!GroupNames.Contains(group))
        {
            return null;
        }
        var document = new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1" };
        foreach (var (name, value) in GroupEntry(group))
        {
            document[name] = value?.DeepClone();
        }
        return document;
    }

    private static JsonObject GroupEntry(string group)
    {
        var version = new JsonObject { ["groupVersion"] = $"{group}/v1", ["version"] = "v1" };
        return new JsonObject
        {
            ["name"] = group,
            ["versions"] = new JsonArray(version),
            ["preferredVersion"] = version.DeepClone(),
        };
    }

    private static JsonObject? Resources(string group, string version)
    {
        var resources = new JsonArray();
        foreach (var type in ResourceCatalog.All.Where(type => type.Group == group && type.Version == version))
        {
            resources.Add(Resource(type));
            if (type.HasStatus)
            {
                resources.Add(Entry($"{type.Plural}/status", "", type.Kind, type.Namespaced, ["get", "patch", "update"]));
            }
            foreach (var subresource in Subresource.All.Where(subresource => subresource.Parent == type))
            {
                resources.Add(Part(subresource));
            }
        }
        foreach (var review in Reviews.All.Where(review => review.Group == group))
        {
            resources.Add(Entry(review.Plural, "", review.Kind, false, ["create"]));
        }
        if (resources.Count == 0)
        {
            return null;
        }
        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["resources"] = resources,
        };
    }

    private static JsonObject Part(Subresource subresource)
    {
        var entry = Entry($"{subresource.Parent.Plural}/{subresource.Name}", "", subresource.Kind, subresource.Parent.Namespaced, subresource.Verbs);
        if (subresource.Group is not null)
        {
            entry["group"] = subresource.Group;
            entry["version"] = subresource.Version;
        }
        return entry;
    }

    private static JsonObject Resource(ResourceType type)
    {
        string[] verbs = type.DeletesCollections
            ? ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
            : ["create", "delete", "get", "list", "patch", "update", "watch"];
        var entry = Entry(type.Plural, type.Kind.ToLowerInvariant(), type.Kind, type.Namespaced, verbs);
        if (type.ShortName is not null)
        {
            entry["shortNames"] = new JsonArray(type.ShortName);
        }
        if (type.IsInAll)
        {
            entry["categories"] = new JsonArray("all");
        }
        return entry;
    }

    private static JsonObject Entry(string name, string singular, string kind, bool namespaced, string[] verbs) => new()
    {
        ["name"] = name,
        ["singularName"] = singular,
        ["namespaced"] = namespaced,
        ["kind"] = kind,
        ["verbs"] = new JsonArray([.. verbs.Select(verb => JsonValue.Create(verb))]),
    };
}
