using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Security;

/// <summary>
/// What a node may do without a Role. Source: the Node authorizer, plugin/pkg/auth/authorizer/node, and, as far as names go, the
/// NodeRestriction admission.
/// </summary>
internal sealed class NodeRights(ObjectStore store, string node) : IAuthorizer
{
    /// <summary>The group of all nodes.</summary>
    public const string Group = "system:nodes";

    /// <summary>What a node's user begins with.</summary>
    public const string UserPrefix = "system:node:";

    private const string LeaseNamespace = "kube-node-lease";

    /// <summary>The node that a user of these groups is, or null.</summary>
    public static string? NodeOf(string user, IReadOnlyCollection<string> groups) =>
        groups.Contains(Group) && user.StartsWith(UserPrefix, StringComparison.Ordinal) ? user[UserPrefix.Length..] : null;

    /// <summary>Whether a new object may have that name; authorizers do not see it.</summary>
    public static bool MayCreate(Identity identity, ResourceType type, JsonObject document) =>
        NodeOf(identity.User, identity.Groups) is not { } node
        || (type != ResourceCatalog.Nodes && type != ResourceCatalog.Leases)
        || document.Text("metadata", "name") == node;

    public bool Allows(AccessRequest request) => (request.Resource, request.Subresource) switch
    {
        ("nodes", "") => request.Verb is "get" or "list" or "watch" or "create" || (request.Verb is "patch" or "update" && request.Name == node),
        ("nodes", "status") => request.Verb is "patch" or "update" && request.Name == node,
        ("leases", "") => request.Namespace == LeaseNamespace && (request.Verb == "create" || (request.Verb is "get" or "patch" or "update" or "delete" && request.Name == node)),
        ("events", "") => request.Verb is "create" or "patch" or "update",
        ("pods", "") => request.Verb is "get" or "list" or "watch" or "create" || (request.Verb == "delete" && IsOwnPod(request)),
        ("pods", "status") => request.Verb is "patch" or "update" && IsOwnPod(request),
        ("configmaps", "") => request.Verb is "get" or "list" or "watch" && request.Name.Length > 0 && Mounts("configMap", "name", request),
        ("secrets", "") => request.Verb is "get" or "list" or "watch" && request.Name.Length > 0 && Mounts("secret", "secretName", request),
        ("tokenreviews" or "subjectaccessreviews", "") => request.Verb == "create",
        ("certificatesigningrequests", "") => request.Verb is "get" or "list" or "watch" or "create",
        _ => false,
    };

    // What may be done depends on the pods of the moment.
    public IEnumerable<AccessGrant> GrantsIn(string ns) => [];

    private bool IsOwnPod(AccessRequest request) =>
        store.Get(ResourceCatalog.Pods, request.Namespace, request.Name)?.Document.Text("spec", "nodeName") == node;

    private bool Mounts(string kind, string field, AccessRequest request) =>
        store.List(ResourceCatalog.Pods, request.Namespace).Items.Any(pod =>
            pod.Document.Text("spec", "nodeName") == node
            && pod.Document.Items("spec", "volumes").Any(volume => volume.Text(kind, field) == request.Name));
}
