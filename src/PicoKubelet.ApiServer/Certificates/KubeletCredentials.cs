using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PicoKubelet.ApiServer.Certificates;

/// <summary>The certificate with which the API server shows itself to kubelets.</summary>
internal static class KubeletCredentials
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Makes one, named as kubeadm names it, that is valid for as long as its CA.</summary>
    /// <param name="authority">The CA: its certificate and its key, PEM.</param>
    public static X509Certificate2 Create(string authority)
    {
        using var ca = X509Certificate2.CreateFromPem(authority, authority);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kube-apiserver-kubelet-client, O=system:masters", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientAuthentication)], false));
        using var signed = request.Create(ca, ca.NotBefore, ca.NotAfter, RandomNumberGenerator.GetBytes(16));
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
