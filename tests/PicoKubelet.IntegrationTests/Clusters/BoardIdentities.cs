using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>
/// The identities of boards: deploy/cluster/board with the node's name, so that every test shows that it is enough.
/// </summary>
internal sealed class BoardIdentities
{
    /// <summary>The namespace of what belongs to boards.</summary>
    public const string Namespace = "picokubelet";

    private const string AccountsPath = $"/api/v1/namespaces/{Namespace}/serviceaccounts";

    private readonly Cluster _cluster;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="cluster">The cluster that the boards are to join.</param>
    public BoardIdentities(Cluster cluster)
    {
        _cluster = cluster;
    }

    /// <summary>Makes what all boards share: the namespace of the identities, and the RuntimeClass of pods.</summary>
    public async Task PrepareAsync()
    {
        foreach (string file in (string[])["namespace.yaml", "runtimeclass.yaml"])
        {
            JsonObject manifest = Manifests.Read(File.ReadAllText(Repository.PathOf($"deploy/cluster/{file}"))).Single();
            await _cluster.CreateAsync(Manifests.CollectionPath(manifest), manifest);
        }
    }

    /// <summary>Lets a board do what pods need: deploy/cluster/pods-by-token.yaml, for this board alone and the pods of one namespace.</summary>
    /// <param name="node">The name of the board's node.</param>
    /// <param name="space">The namespace.</param>
    public async Task GrantPodsAsync(string node, string space)
    {
        string text = File.ReadAllText(Repository.PathOf("deploy/cluster/pods-by-token.yaml"))
            .Replace("picokubelet:pods", $"picokubelet:pods:{node}", StringComparison.Ordinal)
            .Replace("picokubelet:programs", $"picokubelet:programs:{node}", StringComparison.Ordinal)
            .Replace("namespace: default", $"namespace: {space}", StringComparison.Ordinal)
            .Replace("kind: Group", "kind: User", StringComparison.Ordinal)
            .Replace($"system:serviceaccounts:{Namespace}", $"system:serviceaccount:{Namespace}:{node}", StringComparison.Ordinal);
        foreach (JsonObject manifest in Manifests.Read(text))
        {
            await _cluster.CreateAsync(Manifests.CollectionPath(manifest), manifest);
        }
    }

    /// <summary>Makes the identity of a board.</summary>
    /// <param name="node">The name of the board's node.</param>
    /// <param name="rights">What it may do.</param>
    /// <returns>Its bearer token.</returns>
    public async Task<string> CreateAsync(string node, BoardRights rights)
    {
        foreach (JsonObject manifest in Manifests.ReadTemplate(node))
        {
            if (Kind(manifest) is "ServiceAccount" or "ClusterRole" or "Role")
            {
                await _cluster.CreateAsync(Manifests.CollectionPath(manifest), manifest);
            }
        }

        await GrantAsync(node, rights);
        JsonNode token = await _cluster.CreateAsync(
            $"{AccountsPath}/{node}/token",
            new JsonObject { ["spec"] = new JsonObject { ["expirationSeconds"] = 3600 } });
        return token["status"]!["token"]!.GetValue<string>();
    }

    /// <summary>Lets a board's identity do more.</summary>
    /// <param name="node">The name of the board's node.</param>
    /// <param name="rights">What it may do from now on, besides what it may.</param>
    public async Task GrantAsync(string node, BoardRights rights)
    {
        foreach (JsonObject manifest in Manifests.ReadTemplate(node))
        {
            if (Kind(manifest) is "ClusterRoleBinding" or "RoleBinding" && rights.HasFlag(RightIn(manifest)))
            {
                await _cluster.CreateAsync(Manifests.CollectionPath(manifest), manifest);
            }
        }
    }

    /// <summary>Deletes a board's identity: its token is worth nothing any more.</summary>
    /// <param name="node">The name of the board's node.</param>
    public Task RevokeAsync(string node)
    {
        return _cluster.DeleteAsync($"{AccountsPath}/{node}");
    }

    private static string Kind(JsonObject manifest)
    {
        return manifest["kind"]!.GetValue<string>();
    }

    // Each right is for another namespace, and so has a Role and a binding of its own.
    private static BoardRights RightIn(JsonObject manifest)
    {
        return manifest["metadata"]!["namespace"]?.GetValue<string>() switch
        {
            null => BoardRights.Node,
            "kube-node-lease" => BoardRights.Lease,
            Namespace => BoardRights.ConfigMap,
            _ => BoardRights.Events,
        };
    }
}
