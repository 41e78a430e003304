using System.Text.Json.Nodes;

namespace PicoKubelet.Bench.Fleet;

/// <summary>
/// The boards' identities, made in batches: a ServiceAccount each with a token, a ClusterRole and its binding that name the board's
/// own objects alone, as deploy/ has them, and a ConfigMap.
/// </summary>
internal static class FleetIdentities
{
    /// <summary>The namespace of what belongs to boards.</summary>
    public const string Namespace = "picokubelet";

    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1";
    private const string Accounts = $"/api/v1/namespaces/{Namespace}/serviceaccounts";
    private const int AtOnce = 32;

    /// <summary>Makes the identities.</summary>
    /// <param name="cluster">The cluster that the boards are to join.</param>
    /// <param name="names">The boards' names.</param>
    /// <param name="hasOwnRights">Whether each board may touch its own objects alone; otherwise all share one role, and a binding to their group.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The boards' tokens, by name.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> CreateAsync(BenchCluster cluster, IReadOnlyList<string> names, bool hasOwnRights, CancellationToken stop = default)
    {
        await cluster.CreateAsync("/api/v1/namespaces", Named(Namespace));
        if (!hasOwnRights)
        {
            JsonObject group = new() { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "Group", ["name"] = $"system:serviceaccounts:{Namespace}" };
            await BindAsync(cluster, "fleet", Rules(null), group);
        }

        string[] tokens = new string[names.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        await Parallel.ForAsync(0, names.Count, options, async (index, _) => tokens[index] = await CreateAsync(cluster, names[index], hasOwnRights));
        return names.Zip(tokens).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>Lets a board that signs in with a token do what pods need, as deploy/cluster/pods-by-token.yaml does.</summary>
    public static Task GrantPodsAsync(BenchCluster cluster, string name)
    {
        JsonArray rules = [Rule("", "pods", "list watch delete", null), Rule("", "pods/status", "patch", null), Rule("", "configmaps", "get", null)];
        return BindAsync(cluster, name + "-pods", rules, new JsonObject { ["kind"] = "ServiceAccount", ["namespace"] = Namespace, ["name"] = name });
    }

    private static async Task<string> CreateAsync(BenchCluster cluster, string name, bool hasOwnRights)
    {
        await cluster.CreateAsync(Accounts, Named(name));
        if (hasOwnRights)
        {
            await BindAsync(cluster, name, Rules(name), new JsonObject { ["kind"] = "ServiceAccount", ["namespace"] = Namespace, ["name"] = name });
        }

        JsonObject configMap = Named(name);
        configMap["data"] = new JsonObject { ["node.labels"] = "room=kitchen", ["log.level"] = "info", ["led"] = "off" };
        await cluster.CreateAsync($"/api/v1/namespaces/{Namespace}/configmaps", configMap);
        JsonObject request = new() { ["spec"] = new JsonObject { ["expirationSeconds"] = 4 * 3600 } };
        JsonNode? token = await cluster.CreateAsync($"{Accounts}/{name}/token", request);
        return token!["status"]!["token"]!.GetValue<string>();
    }

    private static async Task BindAsync(BenchCluster cluster, string role, JsonArray rules, JsonObject subject)
    {
        JsonObject clusterRole = Named(role);
        clusterRole["rules"] = rules;
        await cluster.CreateAsync($"{Rbac}/clusterroles", clusterRole);
        JsonObject binding = Named(role);
        binding["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = role };
        binding["subjects"] = new JsonArray(subject);
        await cluster.CreateAsync($"{Rbac}/clusterrolebindings", binding);
    }

    private static JsonObject Named(string name)
    {
        return new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } };
    }

    private static JsonArray Rules(string? name)
    {
        return
        [
            Rule("", "nodes", "create", null),
            Rule("", "nodes nodes/status", "get patch watch", name),
            Rule("coordination.k8s.io", "leases", "create", null),
            Rule("coordination.k8s.io", "leases", "get update patch", name),
            Rule("", "configmaps", "get watch", name),
            Rule("", "events", "create patch", null),
        ];
    }

    private static JsonObject Rule(string group, string resources, string verbs, string? name)
    {
        return new JsonObject
        {
            ["apiGroups"] = Array(group),
            ["resources"] = Array(resources.Split(' ')),
            ["verbs"] = Array(verbs.Split(' ')),
            ["resourceNames"] = name is null ? [] : Array(name),
        };
    }

    private static JsonArray Array(params string[] values)
    {
        return [.. values.Select(value => (JsonNode)value)];
    }
}
