using System.Text.Json.Nodes;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>
/// The identities of boards: ServiceAccounts that may touch their own objects alone, by RBAC. All go by the node's name.
/// </summary>
internal sealed class BoardIdentities
{
    /// <summary>The namespace of what belongs to boards.</summary>
    public const string Namespace = "picokubelet";

    private const string RbacPath = "/apis/rbac.authorization.k8s.io/v1";
    private const string AccountsPath = $"/api/v1/namespaces/{Namespace}/serviceaccounts";

    private readonly Cluster _cluster;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="cluster">The cluster that the boards are to join.</param>
    public BoardIdentities(Cluster cluster)
    {
        _cluster = cluster;
    }

    /// <summary>Makes the namespace of the identities.</summary>
    public Task PrepareAsync()
    {
        return _cluster.CreateAsync("/api/v1/namespaces", Object(Namespace));
    }

    /// <summary>Makes the identity of a board.</summary>
    /// <param name="node">The name of the board's node.</param>
    /// <param name="rights">What it may do.</param>
    /// <returns>Its bearer token.</returns>
    public async Task<string> CreateAsync(string node, BoardRights rights)
    {
        await _cluster.CreateAsync(AccountsPath, Object(node));
        await _cluster.CreateAsync($"{RbacPath}/clusterroles", ClusterRole(node, rights));
        await _cluster.CreateAsync($"{RbacPath}/clusterrolebindings", Binding(node));
        JsonNode token = await _cluster.CreateAsync(
            $"{AccountsPath}/{node}/token",
            new JsonObject { ["spec"] = new JsonObject { ["expirationSeconds"] = 3600 } });
        return token["status"]!["token"]!.GetValue<string>();
    }

    /// <summary>Changes what a board's identity may do.</summary>
    /// <param name="node">The name of the board's node.</param>
    /// <param name="rights">What it may do from now on.</param>
    public Task GrantAsync(string node, BoardRights rights)
    {
        return _cluster.PatchAsync($"{RbacPath}/clusterroles/{node}", new JsonObject { ["rules"] = Rules(node, rights) });
    }

    /// <summary>Deletes a board's identity: its token is worth nothing any more.</summary>
    /// <param name="node">The name of the board's node.</param>
    public Task RevokeAsync(string node)
    {
        return _cluster.DeleteAsync($"{AccountsPath}/{node}");
    }

    private static JsonObject Object(string name)
    {
        return new JsonObject { ["metadata"] = Metadata(name) };
    }

    private static JsonObject Metadata(string name)
    {
        return new JsonObject { ["name"] = name };
    }

    private static JsonObject ClusterRole(string node, BoardRights rights)
    {
        return new JsonObject { ["metadata"] = Metadata(node), ["rules"] = Rules(node, rights) };
    }

    private static JsonObject Binding(string node)
    {
        return new JsonObject
        {
            ["metadata"] = Metadata(node),
            ["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = node },
            ["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["namespace"] = Namespace, ["name"] = node }),
        };
    }

    private static JsonArray Rules(string node, BoardRights rights)
    {
        (BoardRights Right, string Group, string[] Resources, string[] Verbs, bool OwnOnly)[] table =
        [
            (BoardRights.Node, "", ["nodes"], ["create"], false),
            (BoardRights.Node, "", ["nodes", "nodes/status"], ["get", "patch"], true),
            (BoardRights.Lease, "coordination.k8s.io", ["leases"], ["create"], false),
            (BoardRights.Lease, "coordination.k8s.io", ["leases"], ["get", "update", "patch"], true),
            (BoardRights.ConfigMap, "", ["configmaps"], ["get", "watch"], true),
            (BoardRights.Events, "", ["events"], ["create", "patch"], false),
        ];
        JsonArray rules = [];
        foreach ((BoardRights right, string group, string[] resources, string[] verbs, bool ownOnly) in table)
        {
            if (rights.HasFlag(right))
            {
                rules.Add(new JsonObject
                {
                    ["apiGroups"] = new JsonArray(group),
                    ["resources"] = Array(resources),
                    ["verbs"] = Array(verbs),
                    ["resourceNames"] = ownOnly ? new JsonArray(node) : [],
                });
            }
        }

        return rules;
    }

    private static JsonArray Array(string[] values)
    {
        return new JsonArray([.. values.Select(value => (JsonNode)value)]);
    }
}
