using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PicoKubelet.ApiServer;

/// <summary>The CA of an embedded API server, as a text that can be kept.</summary>
public static class CertificateAuthority
{
    private static readonly TimeSpan LeastRest = TimeSpan.FromDays(30);

    /// <summary>Makes a CA, ECDSA P-256, valid for a year from an hour ago.</summary>
    /// <returns>Its certificate and its private key, PEM: a secret.</returns>
    public static string CreatePem()
    {
        // Certificates are checked against the clients' clocks, so this is wall-clock time whatever clock the server has.
        var from = DateTimeOffset.UtcNow.AddHours(-1);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=picokubelet-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(from, from.AddYears(1));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    /// <summary>Checks a CA that was kept.</summary>
    /// <param name="pem">Its certificate and its private key, PEM, or null.</param>
    /// <returns>Whether it can be used for another month.</returns>
    public static bool IsUsable(string? pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem, pem);
            return certificate.NotAfter > DateTime.Now + LeastRest;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
