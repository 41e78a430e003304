namespace PicoKubelet.ApiServer.Security;

/// <summary>Allows what any of several authorizers allows.</summary>
internal sealed class AnyOf(params IReadOnlyList<IAuthorizer> authorizers) : IAuthorizer
{
    public bool Allows(AccessRequest request) => authorizers.Any(authorizer => authorizer.Allows(request));

    public IEnumerable<AccessGrant> GrantsIn(string ns) => authorizers.SelectMany(authorizer => authorizer.GrantsIn(ns));
}
