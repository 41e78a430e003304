using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Security;

/// <summary>
/// What a ServiceAccount may do by the Roles and bindings that are stored. Source: the RBAC authorizer,
/// plugin/pkg/auth/authorizer/rbac.
/// </summary>
internal sealed class RbacAuthorizer(ObjectStore store)
{
    private const string Group = "rbac.authorization.k8s.io";

    private static readonly ResourceType Roles = ResourceCatalog.Find(Group, "v1", "roles")!;
    private static readonly ResourceType RoleBindings = ResourceCatalog.Find(Group, "v1", "rolebindings")!;
    private static readonly ResourceType ClusterRoles = ResourceCatalog.Find(Group, "v1", "clusterroles")!;
    private static readonly ResourceType ClusterRoleBindings = ResourceCatalog.Find(Group, "v1", "clusterrolebindings")!;

    /// <summary>Whether the ServiceAccount may do this.</summary>
    public bool Allows(string ns, string name, AccessRequest request)
    {
        var bindings = store.List(ClusterRoleBindings, null).Items;
        if (request.Namespace.Length > 0)
        {
            bindings = [.. bindings, .. store.List(RoleBindings, request.Namespace).Items];
        }
        return bindings
            .Where(binding => binding.Document.Items("subjects").Any(subject => IsMeant(subject, ns, name)))
            .SelectMany(RulesOf)
            .Any(rule => Covers(rule, request));
    }

    private IEnumerable<JsonObject> RulesOf(StoredObject binding)
    {
        var role = binding.Document.Text("roleRef", "name") ?? "";
        var type = binding.Document.Text("roleRef", "kind") == "Role" ? Roles : ClusterRoles;
        return store.Get(type, type.Namespaced ? binding.Namespace : "", role)?.Document.Items("rules") ?? [];
    }

    private static bool IsMeant(JsonObject subject, string ns, string name) => subject.Text("kind") switch
    {
        "ServiceAccount" => subject.Text("name") == name && subject.Text("namespace") == ns,
        "User" => subject.Text("name") == UserOf(ns, name),
        "Group" => subject.Text("name") is { } group
            && (group is "system:authenticated" or "system:serviceaccounts" || group == $"system:serviceaccounts:{ns}"),
        _ => false,
    };

    /// <summary>The user that a ServiceAccount is.</summary>
    public static string UserOf(string ns, string name) => $"system:serviceaccount:{ns}:{name}";

    private static bool Covers(JsonObject rule, AccessRequest request)
    {
        var resource = request.Subresource.Length == 0 ? request.Resource : $"{request.Resource}/{request.Subresource}";
        return Has(rule, "verbs", request.Verb)
            && Has(rule, "apiGroups", request.Group)
            && (Has(rule, "resources", resource) || (request.Subresource.Length > 0 && Has(rule, "resources", $"*/{request.Subresource}")))
            && (rule["resourceNames"] is not JsonArray { Count: > 0 } names || names.Any(name => name?.ToString() == request.Name));
    }

    private static bool Has(JsonObject rule, string member, string wanted) =>
        (rule[member] as JsonArray)?.Any(item => item?.ToString() is { } text && (text == "*" || text == wanted)) == true;
}
