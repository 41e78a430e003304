namespace PicoKubelet.ApiServer.Security;

/// <summary>Who sends a request, and what they may do.</summary>
/// <param name="user">The user's name.</param>
/// <param name="groups">The groups that the user is in, but for that of all who signed in.</param>
/// <param name="rights">What the user may do.</param>
/// <param name="isValid">Says whether the token still holds; null: always.</param>
internal sealed class Identity(string user, IEnumerable<string> groups, IAuthorizer rights, Func<bool>? isValid = null)
{
    private const string Authenticated = "system:authenticated";

    /// <summary>The user's name.</summary>
    public string User { get; } = user;

    /// <summary>The groups that the user is in.</summary>
    public IReadOnlyList<string> Groups { get; } = AllGroups(groups);

    /// <summary>What the user may do.</summary>
    public IAuthorizer Rights { get; } = rights;

    /// <summary>Whether the token still holds.</summary>
    public bool IsValid => isValid is null || isValid();

    /// <summary>The groups of somebody who is in the given ones and has signed in.</summary>
    public static IReadOnlyList<string> AllGroups(IEnumerable<string> groups) => [.. groups.Append(Authenticated).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether this may be done.</summary>
    public bool May(AccessRequest request) => Rights.Allows(request);
}
