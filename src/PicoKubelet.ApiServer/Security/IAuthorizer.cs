namespace PicoKubelet.ApiServer.Security;

/// <summary>Says what one user may do.</summary>
internal interface IAuthorizer
{
    /// <summary>Whether this may be done.</summary>
    bool Allows(AccessRequest request);

    /// <summary>All that may be done in a namespace, and at the cluster's scope.</summary>
    IEnumerable<AccessGrant> GrantsIn(string ns);
}
