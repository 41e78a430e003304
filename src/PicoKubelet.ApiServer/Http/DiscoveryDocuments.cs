using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>What tells clients which resources there are.</summary>
internal static class DiscoveryDocuments
{
    private static readonly string[] Patches = ["application/json-patch+json", "application/merge-patch+json"];

    // The reviews, which only answer and keep nothing.
    private static readonly (string Group, string Plural, string Kind)[] Reviews =
        [("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview")];

    /// <summary>The document at that path, or null.</summary>
    public static JsonNode? Find(string path, string host) => path.TrimEnd('/') switch
    {
        "/version" => Version(),
        "/api" => Versions(host),
        "/apis" => Groups(),
        "/openapi/v3" => OpenApi3Index(),
        _ when path.StartsWith("/openapi/v3/", StringComparison.Ordinal) => OpenApi3(path["/openapi/v3/".Length..].Trim('/')),
        _ => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["api", "v1"] => Resources("", "v1"),
            ["apis", var group] => Group(group),
            ["apis", var group, "v1"] => Resources(group, "v1"),
            _ => null,
        },
    };

    private static IEnumerable<string> GroupNames =>
        ResourceCatalog.All.Select(type => type.Group).Concat(Reviews.Select(review => review.Group)).Where(group => group.Length > 0).Distinct(StringComparer.Ordinal);

    private static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "32",
        ["gitVersion"] = "v1.32.0+picokubelet",
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
        }
        if (group.Length == 0)
        {
            var token = Entry("serviceaccounts/token", "", "TokenRequest", true, ["create"]);
            token["group"] = "authentication.k8s.io";
            token["version"] = "v1";
            resources.Add(token);
        }
        foreach (var review in Reviews.Where(review => review.Group == group))
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
        if (type.Plural == "pods")
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

    private static JsonObject OpenApi3Index()
    {
        var paths = new JsonObject();
        foreach (var prefix in GroupNames.Select(group => $"apis/{group}/v1").Prepend("api/v1"))
        {
            paths[prefix] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{prefix}" };
        }
        return new JsonObject { ["paths"] = paths };
    }

    // As much as kubectl looks at: that PATCH takes fieldValidation, so that the server validates rather than kubectl.
    private static JsonObject? OpenApi3(string prefix)
    {
        var group = prefix == "api/v1" ? "" : prefix.Split('/').ElementAtOrDefault(1) ?? "";
        var paths = new JsonObject();
        foreach (var type in ResourceCatalog.All.Where(type => type.Group == group))
        {
            var scope = type.Namespaced ? "namespaces/{namespace}/" : "";
            paths[$"/{prefix}/{scope}{type.Plural}/{{name}}"] = new JsonObject { ["patch"] = PatchOperation(type) };
        }
        if (paths.Count == 0 && !GroupNames.Contains(group))
        {
            return null;
        }
        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1.32.0" },
            ["paths"] = paths,
        };
    }

    private static JsonObject PatchOperation(ResourceType type)
    {
        var content = new JsonObject();
        foreach (var mediaType in Patches)
        {
            content[mediaType] = new JsonObject();
        }
        return new JsonObject
        {
            ["operationId"] = $"patch{type.Kind}",
            ["parameters"] = new JsonArray([.. ((string[])["dryRun", "fieldManager", "fieldValidation", "force"]).Select(name => new JsonObject
            {
                ["name"] = name,
                ["in"] = "query",
                ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true },
            })]),
            ["requestBody"] = new JsonObject { ["content"] = content },
            ["responses"] = new JsonObject(),
            ["x-kubernetes-action"] = "patch",
            ["x-kubernetes-group-version-kind"] = new JsonObject { ["group"] = type.Group, ["version"] = type.Version, ["kind"] = type.Kind },
        };
    }
}
