namespace PicoKubelet.ApiServer.Security;

/// <summary>Who sends a request, and what they may do.</summary>
/// <param name="user">The user's name.</param>
/// <param name="may">Says whether something may be done.</param>
/// <param name="isValid">Says whether the token still holds; null: always.</param>
internal sealed class Identity(string user, Func<AccessRequest, bool> may, Func<bool>? isValid = null)
{
    /// <summary>The user's name.</summary>
    public string User { get; } = user;

    /// <summary>Whether the token still holds.</summary>
    public bool IsValid => isValid is null || isValid();

    /// <summary>Whether this may be done.</summary>
    public bool May(AccessRequest request) => may(request);
}
