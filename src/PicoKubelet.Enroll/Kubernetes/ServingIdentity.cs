using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>With what a board's port speaks TLS, and whom it lets in.</summary>
/// <param name="Certificate">The certificate that it shows.</param>
/// <param name="ClientCa">The CA of the API server's client certificate, PEM.</param>
internal sealed record ServingIdentity(NodeCertificate Certificate, string ClientCa)
{
    private const string Section = "kubelet";
    private const string CertificateField = "certificate";

    /// <summary>Puts it into a board's settings.</summary>
    public void PutInto(JsonObject settings)
    {
        JsonObject kubelet = settings[Section] as JsonObject ?? [];
        kubelet[CertificateField] = Certificate.Certificate;
        kubelet["key"] = Certificate.Key;
        kubelet["clientCa"] = ClientCa;
        settings[Section] = kubelet;
    }

    /// <summary>Takes one out of a board's settings.</summary>
    public static void RemoveFrom(JsonObject settings)
    {
        (settings[Section] as JsonObject)?.Remove(CertificateField);
        (settings[Section] as JsonObject)?.Remove("key");
    }

    /// <summary>Finds the names that the certificate in a board's settings is for.</summary>
    /// <returns>DNS names and addresses; none where there is no certificate.</returns>
    public static IReadOnlyList<string> NamesIn(JsonObject settings)
    {
        if ((settings[Section] as JsonObject)?[CertificateField]?.GetValue<string>() is not { } pem)
        {
            return [];
        }

        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(pem);
        X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is null ? [] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())];
    }

    // A record's own would show the certificate's.
    /// <inheritdoc/>
    public override string ToString()
    {
        return Certificate.ToString();
    }
}
