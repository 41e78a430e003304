namespace PicoKubelet.ApiServer.Storage;

/// <summary>All resources of resources.txt.</summary>
internal static class ResourceCatalog
{
    /// <summary>The resources, core group first.</summary>
    public static readonly IReadOnlyList<ResourceType> All = [.. EmbeddedText.Lines("resources.txt").Select(Parse)];

    /// <summary>nodes</summary>
    public static readonly ResourceType Nodes = Find("", "v1", "nodes")!;

    /// <summary>leases</summary>
    public static readonly ResourceType Leases = Find("coordination.k8s.io", "v1", "leases")!;

    /// <summary>namespaces</summary>
    public static readonly ResourceType Namespaces = Find("", "v1", "namespaces")!;

    /// <summary>events</summary>
    public static readonly ResourceType Events = Find("", "v1", "events")!;

    /// <summary>pods</summary>
    public static readonly ResourceType Pods = Find("", "v1", "pods")!;

    /// <summary>serviceaccounts</summary>
    public static readonly ResourceType ServiceAccounts = Find("", "v1", "serviceaccounts")!;

    /// <summary>runtimeclasses</summary>
    public static readonly ResourceType RuntimeClasses = Find("node.k8s.io", "v1", "runtimeclasses")!;

    /// <summary>deployments</summary>
    public static readonly ResourceType Deployments = Find("apps", "v1", "deployments")!;

    /// <summary>replicasets</summary>
    public static readonly ResourceType ReplicaSets = Find("apps", "v1", "replicasets")!;

    /// <summary>daemonsets</summary>
    public static readonly ResourceType DaemonSets = Find("apps", "v1", "daemonsets")!;

    /// <summary>jobs</summary>
    public static readonly ResourceType Jobs = Find("batch", "v1", "jobs")!;

    /// <summary>certificatesigningrequests</summary>
    public static readonly ResourceType CertificateRequests = Find("certificates.k8s.io", "v1", "certificatesigningrequests")!;

    /// <summary>configmaps</summary>
    public static readonly ResourceType ConfigMaps = Find("", "v1", "configmaps")!;

    /// <summary>The resource of that name, or null.</summary>
    public static ResourceType? Find(string group, string version, string plural)
    {
        foreach (var type in All)
        {
            if (type.Plural == plural && type.Group == group && type.Version == version)
            {
                return type;
            }
        }
        return null;
    }

    private static ResourceType Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var slash = words[0].IndexOf('/');
        return new ResourceType(
            slash < 0 ? "" : words[0][..slash],
            words[0][(slash + 1)..],
            words[1],
            words[2],
            words[3] == "namespaced",
            words[4] == "-" ? null : words[4],
            words[5].Split(',').ToHashSet(StringComparer.Ordinal));
    }
}
