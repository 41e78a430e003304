using System.Security.Cryptography.X509Certificates;

namespace PicoKubelet.VirtualBoard.Reviews;

/// <summary>Who a client is, as the cluster knows it.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Uid">Its uid, or null.</param>
/// <param name="Groups">The groups that it is in.</param>
internal sealed record ReviewedUser(string Name, string? Uid, IReadOnlyList<string> Groups)
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";
    private const string Authenticated = "system:authenticated";

    /// <summary>Gets it in one text, which no other user has.</summary>
    public string Key { get; } = string.Join('\n', [Name, Uid ?? "", .. Groups]);

    /// <summary>Reads it from a certificate as the API server and kubelets do: the common name, and each organization as a group.</summary>
    /// <param name="certificate">A certificate of a CA that is trusted.</param>
    /// <returns>The user, or null where the certificate names none.</returns>
    public static ReviewedUser? Of(X509Certificate2 certificate)
    {
        string? name = null;
        List<string> groups = [];
        foreach (X500RelativeDistinguishedName part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements)
            {
                continue;
            }

            name = part.GetSingleElementType().Value == CommonName ? part.GetSingleElementValue() : name;
            if (part.GetSingleElementType().Value == Organization && part.GetSingleElementValue() is { } group)
            {
                groups.Add(group);
            }
        }

        return string.IsNullOrEmpty(name) ? null : Signed(name, null, groups);
    }

    /// <summary>Makes one who signed in.</summary>
    public static ReviewedUser Signed(string name, string? uid, IEnumerable<string> groups)
    {
        return new ReviewedUser(name, uid, [.. groups.Append(Authenticated).Distinct(StringComparer.Ordinal)]);
    }
}
