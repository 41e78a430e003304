using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.ApiServer;

namespace PicoKubelet.IntegrationTests.Kubelet;

/// <summary>Certificates as the CA of a cluster signs them.</summary>
internal sealed class TestCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly string _authority = CertificateAuthority.CreatePem();

    /// <summary>Gets the CA's certificate, PEM.</summary>
    public string CaPem => _authority[.._authority.IndexOf("-----BEGIN PRIVATE", StringComparison.Ordinal)];

    /// <summary>Makes a server's certificate for 127.0.0.1.</summary>
    /// <returns>The certificate and its key, PEM.</returns>
    public (string Certificate, string Key) MakeServing()
    {
        using X509Certificate2 made = Make("CN=system:node:a, O=system:nodes", ServerAuthentication, hasAddress: true, DateTimeOffset.UtcNow.AddDays(30));
        using ECDsa key = made.GetECDsaPrivateKey()!;
        return (made.ExportCertificatePem() + "\n", key.ExportECPrivateKeyPem() + "\n");
    }

    /// <summary>Makes a client's certificate.</summary>
    /// <param name="name">Its common name.</param>
    /// <param name="hasExpired">Whether its time is over.</param>
    /// <param name="group">Its organization.</param>
    public X509Certificate2 MakeClient(string name, bool hasExpired = false, string group = "system:masters")
    {
        using X509Certificate2 made = Make($"CN={name}, O={group}", ClientAuthentication, hasAddress: false, DateTimeOffset.UtcNow.AddMinutes(hasExpired ? -5 : 60));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private X509Certificate2 Make(string subject, string usage, bool hasAddress, DateTimeOffset until)
    {
        using X509Certificate2 ca = X509Certificate2.CreateFromPem(_authority, _authority);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (hasAddress)
        {
            SubjectAlternativeNameBuilder names = new();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        using X509Certificate2 signed = request.Create(ca, ca.NotBefore, until, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
