using Microsoft.AspNetCore.Http;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Security;

/// <summary>
/// A request in somebody else's name (kubectl --as), for those who may do so. Source: apiserver's endpoints/filters/impersonation.
/// </summary>
internal sealed class Impersonation(ObjectStore store, TokenTable tokens)
{
    private const string UserHeader = "Impersonate-User";
    private const string GroupHeader = "Impersonate-Group";

    /// <summary>Who the request is to count as.</summary>
    /// <exception cref="ApiException">The sender may not ask for that.</exception>
    public Identity Apply(HttpRequest request, Identity sender)
    {
        var user = request.Headers[UserHeader].ToString();
        string[] groups = [.. request.Headers[GroupHeader].OfType<string>()];
        if (user.Length == 0)
        {
            return groups.Length == 0
                ? sender
                : throw Failures.InternalError($"requested [{{Group  {groups[0]}  authentication.k8s.io/v1  }}] without impersonating a user");
        }
        var account = ServiceAccounts.Parse(user);
        Require(sender, account is null ? "users" : "serviceaccounts", account?.Namespace ?? "", account?.Name ?? user);
        foreach (var group in groups)
        {
            Require(sender, "groups", "", group);
        }
        if (groups.Length == 0 && account is not null)
        {
            groups = ServiceAccounts.GroupsOf(account.Value.Namespace);
        }
        return new Identity(user, groups, UserRights.Of(store, user, groups, tokens.RightsOf(user)));
    }

    private static void Require(Identity sender, string resource, string ns, string name)
    {
        var wish = new AccessRequest("impersonate", "", resource, "", ns, name);
        if (!sender.May(wish))
        {
            throw Failures.Denied(sender, wish);
        }
    }
}
