using PicoKubelet.IntegrationTests.Clusters;

namespace PicoKubelet.IntegrationTests.Access;

/// <summary>What a board's identity may do, all of it; and what is asked to find out that there is nothing else.</summary>
internal static class BoardAccess
{
    private const string Coordination = "coordination.k8s.io";
    private const string Rbac = "rbac.authorization.k8s.io";
    private const string LeaseNamespace = "kube-node-lease";

    /// <summary>The table that docs/security.md shows.</summary>
    public static readonly Right[] Allowed =
    [
        new("", "nodes", "", false, "create"),
        new("", "nodes", "", true, "get", "patch", "watch"),
        new("", "nodes/status", "", true, "patch"),
        new(Coordination, "leases", LeaseNamespace, false, "create"),
        new(Coordination, "leases", LeaseNamespace, true, "get", "update", "patch"),
        new("", "configmaps", BoardIdentities.Namespace, true, "get", "watch"),
        new("", "events", "default", false, "create", "patch"),
    ];

    /// <summary>The namespaces that are asked for; none stands for the cluster's own objects, and for all namespaces.</summary>
    public static readonly string[] Namespaces = ["", BoardIdentities.Namespace, LeaseNamespace, "default", "kube-system"];

    // What has no namespace is asked for with one as well.
    private static readonly string[] Cluster = ["", BoardIdentities.Namespace];

    private static readonly string[] Verbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

    private static readonly (string Group, string[] Spaces, string[] Resources)[] Resources =
    [
        ("", Cluster, ["nodes", "nodes/status", "nodes/proxy", "nodes/log", "nodes/stats", "nodes/metrics", "nodes/spec"]),
        ("", Cluster, ["namespaces", "namespaces/finalize", "persistentvolumes"]),
        ("", Namespaces, ["configmaps", "events", "secrets", "services", "services/proxy", "endpoints"]),
        ("", Namespaces, ["pods", "pods/status", "pods/exec", "pods/attach", "pods/portforward", "pods/log", "pods/proxy", "pods/eviction", "pods/binding"]),
        ("", Namespaces, ["serviceaccounts", "serviceaccounts/token"]),
        (Coordination, Namespaces, ["leases"]),
        (Rbac, Namespaces, ["roles", "rolebindings"]),
        (Rbac, Cluster, ["clusterroles", "clusterrolebindings"]),
        ("apps", Namespaces, ["deployments", "deployments/scale", "daemonsets"]),
        ("authentication.k8s.io", Cluster, ["tokenreviews"]),
        ("authorization.k8s.io", Cluster, ["subjectaccessreviews"]),
        ("authorization.k8s.io", Namespaces, ["localsubjectaccessreviews"]),
        ("certificates.k8s.io", Cluster, ["certificatesigningrequests", "certificatesigningrequests/approval"]),
        ("events.k8s.io", Namespaces, ["events"]),
    ];

    // Verbs that are more than their names say, each with what it is for.
    private static readonly Question[] Special =
    [
        new("*", "*", "*", "", ""),
        new("impersonate", "", "users", "", "admin"),
        new("impersonate", "", "groups", "", "system:masters"),
        new("impersonate", "", "serviceaccounts", "kube-system", "default"),
        new("escalate", Rbac, "clusterroles", "", ""),
        new("bind", Rbac, "clusterroles", "", "cluster-admin"),
        new("approve", "certificates.k8s.io", "signers", "", "kubernetes.io/kube-apiserver-client-kubelet"),
        new("sign", "certificates.k8s.io", "signers", "", "kubernetes.io/kube-apiserver-client-kubelet"),
    ];

    /// <summary>Makes every question: verbs by resources, by own, another's and no object, by namespaces.</summary>
    /// <param name="own">The board's name.</param>
    /// <param name="other">Another board's name.</param>
    public static IEnumerable<Question> Questions(string own, string other)
    {
        IEnumerable<Question> matrix =
            from row in Resources
            from resource in row.Resources
            from verb in Verbs
            from space in row.Spaces
            from name in new[] { own, other, "" }
            select new Question(verb, row.Group, resource, space, name);
        return matrix.Concat(Special);
    }
}
