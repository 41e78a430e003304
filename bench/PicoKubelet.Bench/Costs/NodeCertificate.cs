using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using PicoKubelet.Bench.Fleet;
using PicoKubelet.Settings;

namespace PicoKubelet.Bench.Costs;

/// <summary>A node's client certificate, P-256, as a control plane's signer makes it.</summary>
internal static class NodeCertificate
{
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1";

    /// <summary>Makes one that a control plane takes, with the rights to the ConfigMap of the Node's name.</summary>
    /// <param name="plane">The control plane.</param>
    /// <param name="name">The Node's name, which is that of a ClusterRole too.</param>
    /// <param name="validity">How long it is one; a day unless another time is given.</param>
    public static async Task<TlsIdentity> CreateAsync(ControlPlane plane, string name, TimeSpan? validity = null)
    {
        await plane.CreateAsync($"{Rbac}/clusterrolebindings", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "node-" + name },
            ["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = name },
            ["subjects"] = new JsonArray(new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "User", ["name"] = "system:node:" + name }),
        });
        (string caPem, string caKeyPem) = plane.ClientAuthority;
        using X509Certificate2 ca = X509Certificate2.CreateFromPem(caPem, caKeyPem);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"O=system:nodes, CN=system:node:{name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(ca, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using X509Certificate2 certificate = request.Create(ca, ca.NotBefore, DateTimeOffset.UtcNow + (validity ?? TimeSpan.FromDays(1)), RandomNumberGenerator.GetBytes(16));
        return TlsIdentity.Read("clientCertificate", certificate.ExportCertificatePem(), "clientKey", key.ExportECPrivateKeyPem());
    }

    /// <summary>Makes the form of it that .NET's TLS takes.</summary>
    public static X509Certificate2 Load(TlsIdentity identity)
    {
        using X509Certificate2 inMemory = X509Certificate2.CreateFromPem(identity.Certificate, identity.Key);
        return X509CertificateLoader.LoadPkcs12(inMemory.Export(X509ContentType.Pkcs12), null);
    }
}
