using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PicoKubelet.Bench.Costs;

/// <summary>A certificate for 127.0.0.1 that vouches for itself, as large as kube-apiserver's in k3s: ECDSA P-256.</summary>
internal sealed class RelayCertificate : IDisposable
{
    public RelayCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=picokubelet-bench", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        Pem = Certificate.ExportCertificatePem();
    }

    public X509Certificate2 Certificate { get; }

    public string Pem { get; }

    public void Dispose() => Certificate.Dispose();
}
