using System.Security.Cryptography.X509Certificates;

namespace PicoKubelet.ApiServer.Certificates;

/// <summary>Whom a certificate's subject names: its common name is the user, its organizations are the groups.</summary>
internal static class Subjects
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";

    /// <summary>Reads a subject.</summary>
    public static (string User, string[] Groups) Read(X500DistinguishedName subject)
    {
        var names = subject.EnumerateRelativeDistinguishedNames().Where(name => !name.HasMultipleElements).ToList();
        return (names.FirstOrDefault(name => name.GetSingleElementType().Value == CommonName)?.GetSingleElementValue() ?? "",
            [.. names.Where(name => name.GetSingleElementType().Value == Organization).Select(name => name.GetSingleElementValue() ?? "")]);
    }
}
