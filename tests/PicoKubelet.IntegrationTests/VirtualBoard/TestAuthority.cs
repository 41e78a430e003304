using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>A certificate authority for one test.</summary>
internal sealed class TestAuthority
{
    private static readonly DateTimeOffset Yesterday = DateTimeOffset.UtcNow.AddDays(-1);

    private readonly X509Certificate2 _certificate;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test " + Guid.NewGuid(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(Yesterday, Yesterday.AddDays(30));
    }

    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>Signs a server's certificate.</summary>
    public X509Certificate2 Sign(IPAddress address, string host, DateTimeOffset? validUntil = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = request.Create(_certificate, Yesterday, validUntil ?? Yesterday.AddDays(20), [1, 2, 3]);
        return signed.CopyWithPrivateKey(key);
    }
}
