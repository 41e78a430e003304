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

    /// <summary>Signs a server's certificate as few do today.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="key">The server's key.</param>
    /// <param name="hash">What is signed.</param>
    /// <param name="names">The subjectAltName, or null for a certificate without one.</param>
    public X509Certificate2 SignOdd(string subject, RSA key, HashAlgorithmName hash, SubjectAlternativeNameBuilder? names)
    {
        var request = new CertificateRequest(subject, key, hash, RSASignaturePadding.Pkcs1);
        if (names is not null)
        {
            request.CertificateExtensions.Add(names.Build());
        }

        using ECDsa authority = _certificate.GetECDsaPrivateKey()!;
        var generator = new OddSignature(X509SignatureGenerator.CreateForECDsa(authority), hash);
        using X509Certificate2 signed = request.Create(_certificate.SubjectName, generator, Yesterday, Yesterday.AddDays(20), [1, 2, 4]);
        return signed.CopyWithPrivateKey(key);
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

    /// <summary>Signs with any hash, where the request's own would be refused.</summary>
    private sealed class OddSignature(X509SignatureGenerator inner, HashAlgorithmName hash) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
        {
            // ecdsa-with-SHA1 (RFC 3279), which .NET makes no more.
            return hash == HashAlgorithmName.SHA1 ? [0x30, 9, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1] : inner.GetSignatureAlgorithmIdentifier(hash);
        }

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => inner.SignData(data, hash);

        protected override PublicKey BuildPublicKey() => inner.PublicKey;
    }
}
