using System.Security.Cryptography.X509Certificates;

namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>A certificate that the cluster signed, and the key that was made for it here.</summary>
/// <param name="Certificate">The certificate, PEM.</param>
/// <param name="Key">The private key, PEM. Never shown.</param>
internal sealed record NodeCertificate(string Certificate, string Key)
{
    /// <summary>Gets until when it is valid.</summary>
    public DateTimeOffset Expires
    {
        get
        {
            using X509Certificate2 certificate = X509Certificate2.CreateFromPem(Certificate);
            return certificate.NotAfter.ToUniversalTime();
        }
    }

    // A record's own would show the key.
    /// <inheritdoc/>
    public override string ToString()
    {
        return $"certificate until {Expires:u}";
    }
}
