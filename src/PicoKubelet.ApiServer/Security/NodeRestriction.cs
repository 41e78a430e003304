using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Security;

/// <summary>
/// What a node may write into its own Node. Source: the NodeRestriction admission, plugin/pkg/admission/noderestriction, and the kubelet's
/// labels, k8s.io/kubelet/pkg/apis/well_known_labels.go.
/// </summary>
internal static class NodeRestriction
{
    private const string Reserved = "node-restriction.kubernetes.io";

    private static readonly string[] KubernetesDomains = ["kubernetes.io", "k8s.io"];

    private static readonly string[] KubeletDomains = ["kubelet.kubernetes.io", "node.kubernetes.io"];

    private static readonly string[] KubeletLabels =
    [
        "kubernetes.io/hostname", "kubernetes.io/os", "kubernetes.io/arch", "beta.kubernetes.io/os", "beta.kubernetes.io/arch",
        "node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type", "topology.kubernetes.io/zone", "topology.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region",
    ];

    /// <summary>Checks what somebody makes of an object.</summary>
    /// <param name="identity">Who.</param>
    /// <param name="type">The object's type.</param>
    /// <param name="current">The object as it is, or null where it is created.</param>
    /// <param name="next">The object as it is to be.</param>
    /// <exception cref="ApiException">A node may not.</exception>
    public static void Check(Identity identity, ResourceType type, JsonObject? current, JsonObject next)
    {
        if (type != ResourceCatalog.Nodes || NodeRights.NodeOf(identity.User, identity.Groups) is not { } node)
        {
            return;
        }
        string[] forbidden = [.. Changed(current, next).Where(IsForbidden).Order(StringComparer.Ordinal)];
        if (forbidden.Length > 0)
        {
            var what = current is null ? "is not allowed to set the following labels" : "is not allowed to modify labels";
            throw Failures.Forbidden(type, node, $"{what}: {string.Join(", ", forbidden)}");
        }
        if (current is not null && !JsonNode.DeepEquals(current.At("spec", "taints"), next.At("spec", "taints")))
        {
            throw Failures.Forbidden(type, node, $"node \"{node}\" is not allowed to modify taints");
        }
    }

    private static IEnumerable<string> Changed(JsonObject? current, JsonObject next)
    {
        var before = current.At("metadata", "labels");
        var after = next.At("metadata", "labels");
        return Keys(before).Union(Keys(after)).Where(key => before.Text(key) != after.Text(key));
    }

    private static IEnumerable<string> Keys(JsonNode? labels) => (labels as JsonObject)?.Select(label => label.Key) ?? [];

    private static bool IsForbidden(string label)
    {
        var slash = label.IndexOf('/', StringComparison.Ordinal);
        var domain = slash < 0 ? "" : label[..slash];
        return IsWithin(domain, Reserved)
            || (KubernetesDomains.Any(known => IsWithin(domain, known)) && !KubeletLabels.Contains(label) && !KubeletDomains.Any(known => IsWithin(domain, known)));
    }

    private static bool IsWithin(string domain, string parent) => domain == parent || domain.EndsWith("." + parent, StringComparison.Ordinal);
}
