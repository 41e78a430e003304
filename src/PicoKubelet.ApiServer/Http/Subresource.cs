using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>A part of objects that has a path of its own, other than /status.</summary>
/// <param name="Parent">The resource.</param>
/// <param name="Name">The last part of the path.</param>
/// <param name="Kind">The kind of what is read and written there.</param>
/// <param name="Group">Its group, where it is not the resource's.</param>
/// <param name="Version">Its version, where the group is another.</param>
/// <param name="Verbs">What can be done with it.</param>
internal sealed record Subresource(ResourceType Parent, string Name, string Kind, string? Group, string? Version, params string[] Verbs)
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Subresource> All =
    [
        new(ResourceCatalog.Nodes, "proxy", "NodeProxyOptions", null, null, "create", "delete", "get", "patch", "update"),
        new(ResourceCatalog.Pods, "attach", "PodAttachOptions", null, null, "create", "get"),
        new(ResourceCatalog.Pods, "binding", "Binding", null, null, "create"),
        new(ResourceCatalog.Pods, "eviction", "Eviction", "policy", "v1", "create"),
        new(ResourceCatalog.Pods, "exec", "PodExecOptions", null, null, "create", "get"),
        new(ResourceCatalog.Pods, "log", "Pod", null, null, "get"),
        new(ResourceCatalog.Pods, "portforward", "PodPortForwardOptions", null, null, "create", "get"),
        new(ResourceCatalog.ServiceAccounts, "token", "TokenRequest", "authentication.k8s.io", "v1", "create"),
        new(ResourceCatalog.CertificateRequests, "approval", "CertificateSigningRequest", null, null, "get", "update"),
        new(ResourceCatalog.Deployments, "scale", "Scale", "autoscaling", "v1", "get", "patch", "update"),
        new(ResourceCatalog.ReplicaSets, "scale", "Scale", "autoscaling", "v1", "get", "patch", "update"),
    ];

    /// <summary>The one of that resource and name, or null.</summary>
    public static Subresource? Find(ResourceType? parent, string name) =>
        name.Length == 0 ? null : All.FirstOrDefault(entry => entry.Parent == parent && entry.Name == name);
}
