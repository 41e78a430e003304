namespace PicoKubelet.ApiServer.Security;

/// <summary>May do everything, as those in the group system:masters may.</summary>
internal sealed class Everything : IAuthorizer
{
    /// <summary>The group of those who may do everything.</summary>
    public const string Group = "system:masters";

    private static readonly string[] Any = ["*"];

    public bool Allows(AccessRequest request) => true;

    public IEnumerable<AccessGrant> GrantsIn(string ns) => [new AccessGrant(Any, Any, Any, [])];
}
