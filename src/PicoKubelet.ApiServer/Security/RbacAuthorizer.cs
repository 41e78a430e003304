using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Security;

/// <summary>
/// What a user may do by the Roles and bindings that are stored. Source: the RBAC authorizer,
/// plugin/pkg/auth/authorizer/rbac.
/// </summary>
internal sealed class RbacAuthorizer(ObjectStore store, string user, IReadOnlyList<string> groups) : IAuthorizer
{
    private const string Group = "rbac.authorization.k8s.io";

    private static readonly ResourceType Roles = ResourceCatalog.Find(Group, "v1", "roles")!;
    private static readonly ResourceType RoleBindings = ResourceCatalog.Find(Group, "v1", "rolebindings")!;
    private static readonly ResourceType ClusterRoles = ResourceCatalog.Find(Group, "v1", "clusterroles")!;
    private static readonly ResourceType ClusterRoleBindings = ResourceCatalog.Find(Group, "v1", "clusterrolebindings")!;

    public bool Allows(AccessRequest request) => RulesIn(request.Namespace).Any(rule => Covers(rule, request));

    public IEnumerable<AccessGrant> GrantsIn(string ns) => RulesIn(ns)
        .Where(rule => rule["resources"] is JsonArray { Count: > 0 })
        .Select(rule => new AccessGrant(Texts(rule, "verbs"), Texts(rule, "apiGroups"), Texts(rule, "resources"), Texts(rule, "resourceNames")));

    private IEnumerable<JsonObject> RulesIn(string ns)
    {
        var bindings = store.List(ClusterRoleBindings, null).Items;
        if (ns.Length > 0)
        {
            bindings = [.. bindings, .. store.List(RoleBindings, ns).Items];
        }
        return bindings
            .Where(binding => binding.Document.Items("subjects").Any(IsMeant))
            .SelectMany(RulesOf);
    }

    private IEnumerable<JsonObject> RulesOf(StoredObject binding)
    {
        var role = binding.Document.Text("roleRef", "name") ?? "";
        var type = binding.Document.Text("roleRef", "kind") == "Role" ? Roles : ClusterRoles;
        return store.Get(type, type.Namespaced ? binding.Namespace : "", role)?.Document.Items("rules") ?? [];
    }

    private bool IsMeant(JsonObject subject) => subject.Text("kind") switch
    {
        "ServiceAccount" => ServiceAccounts.UserOf(subject.Text("namespace") ?? "", subject.Text("name") ?? "") == user,
        "User" => subject.Text("name") == user,
        "Group" => groups.Contains(subject.Text("name")),
        _ => false,
    };

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

    private static string[] Texts(JsonObject rule, string member) =>
        [.. (rule[member] as JsonArray)?.Select(item => item?.ToString() ?? "") ?? []];
}
