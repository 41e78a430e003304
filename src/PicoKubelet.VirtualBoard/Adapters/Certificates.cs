using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.Settings;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The PC's form of the certificates that the firmware has as PEM.</summary>
internal static class Certificates
{
    /// <summary>Makes what TLS shows: the certificate with its key, and those of CAs that stand behind it.</summary>
    /// <param name="identity">The certificate and its key.</param>
    /// <returns>The same, for the PC's TLS.</returns>
    public static SslStreamCertificateContext Load(TlsIdentity identity)
    {
        using X509Certificate2 inMemory = X509Certificate2.CreateFromPem(identity.Certificate, identity.Key);

        // Through PKCS#12, since TLS on some platforms refuses a key that only lives in memory.
        X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(inMemory.Export(X509ContentType.Pkcs12), null);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(identity.Certificate);
        return SslStreamCertificateContext.Create(certificate, all, offline: true);
    }

    /// <summary>Makes the rules by which nothing but what some CAs signed is trusted.</summary>
    /// <param name="caPem">The CAs' certificates, PEM.</param>
    /// <returns>The rules.</returns>
    public static X509ChainPolicy Trust(string caPem)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.ImportFromPem(caPem);
        return policy;
    }
}
