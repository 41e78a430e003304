using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PicoKubelet.ApiServer.Security;

/// <summary>A server's certificate, and the CA that signed it.</summary>
internal sealed class ServingCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private ServingCertificate(X509Certificate2 certificate, string caPem)
    {
        Certificate = certificate;
        CaPem = caPem;
    }

    /// <summary>The certificate with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The CA's certificate.</summary>
    public string CaPem { get; }

    /// <summary>Makes a certificate, ECDSA P-256, that is valid for as long as its CA.</summary>
    /// <param name="address">The address that it is for besides the loopback one.</param>
    /// <param name="authority">The CA: its certificate and its key, PEM.</param>
    public static ServingCertificate Create(IPAddress address, string authority)
    {
        using var ca = X509Certificate2.CreateFromPem(authority, authority);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = ServingRequest(key, address, ca).Create(ca, ca.NotBefore, ca.NotAfter, RandomNumberGenerator.GetBytes(16));
        using var withKey = signed.CopyWithPrivateKey(key);
        // Through PKCS#12, since TLS on some platforms refuses a key that only lives in memory.
        var certificate = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
        return new ServingCertificate(certificate, ca.ExportCertificatePem() + "\n");
    }

    private static CertificateRequest ServingRequest(ECDsa key, IPAddress address, X509Certificate2 ca)
    {
        var request = new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(ca, true, false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        if (!address.Equals(IPAddress.Loopback) && !address.Equals(IPAddress.Any))
        {
            names.AddIpAddress(address);
        }
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
