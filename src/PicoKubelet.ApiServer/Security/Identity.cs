namespace PicoKubelet.ApiServer.Security;

/// <summary>Who sends a request, and what they may do.</summary>
internal sealed class Identity(string user, IReadOnlyList<AccessRule>? rules)
{
    /// <summary>The user's name.</summary>
    public string User { get; } = user;

    /// <summary>Whether this may be done. Without rules everything may.</summary>
    public bool May(AccessRequest request) => rules is null || rules.Any(rule => rule.Allows(request));
}
