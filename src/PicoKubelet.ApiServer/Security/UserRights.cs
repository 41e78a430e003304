using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Security;

/// <summary>What a user may do by name and groups: everything, a node's rights, and those of the Roles that are bound to it.</summary>
internal static class UserRights
{
    /// <summary>Finds them.</summary>
    /// <param name="store">Where Roles and pods are.</param>
    /// <param name="user">The user.</param>
    /// <param name="groups">Its groups.</param>
    /// <param name="more">What it may besides.</param>
    public static IAuthorizer Of(ObjectStore store, string user, IReadOnlyList<string> groups, params IEnumerable<IAuthorizer> more)
    {
        if (groups.Contains(Everything.Group))
        {
            return new Everything();
        }
        IAuthorizer[] ofNode = NodeRights.NodeOf(user, groups) is { } node ? [new NodeRights(store, node)] : [];
        return new AnyOf([new RbacAuthorizer(store, user, Identity.AllGroups(groups)), .. ofNode, .. more]);
    }
}
