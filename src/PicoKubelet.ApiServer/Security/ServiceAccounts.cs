using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Security;

/// <summary>What ServiceAccounts are called as users. Source: apiserver's authentication/serviceaccount.</summary>
internal static class ServiceAccounts
{
    private const string UserPrefix = "system:serviceaccount:";
    private const string AllGroup = "system:serviceaccounts";

    /// <summary>The user that a ServiceAccount is.</summary>
    public static string UserOf(string ns, string name) => $"{UserPrefix}{ns}:{name}";

    /// <summary>The groups that a ServiceAccount of a namespace is in.</summary>
    public static string[] GroupsOf(string ns) => [AllGroup, $"{AllGroup}:{ns}"];

    /// <summary>The ServiceAccount that a user is; null: none.</summary>
    public static (string Namespace, string Name)? Parse(string user) =>
        user.StartsWith(UserPrefix, StringComparison.Ordinal) && user[UserPrefix.Length..].Split(':') is [var ns, var name] ? (ns, name) : null;

    /// <summary>Makes the account of a namespace's pods that name none.</summary>
    public static void CreateDefault(ObjectStore store, string ns)
    {
        var document = new JsonObject
        {
            ["kind"] = "ServiceAccount",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject { ["name"] = "default", ["namespace"] = ns },
        };
        store.Create(ResourceCatalog.ServiceAccounts, document);
    }
}
