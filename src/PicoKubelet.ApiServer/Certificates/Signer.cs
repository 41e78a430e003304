using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.ApiServer.Security;

namespace PicoKubelet.ApiServer.Certificates;

/// <summary>Signs nodes' certificates with the server's CA. Source: the controller manager's certificates/signer and apis/certificates/helpers.go.</summary>
/// <param name="authority">The CA: its certificate and its key, PEM.</param>
internal sealed class Signer(string authority)
{
    /// <summary>The signer of the certificates that nodes sign in with.</summary>
    public const string KubeletClient = "kubernetes.io/kube-apiserver-client-kubelet";

    /// <summary>The signer of the certificates that nodes' ports show.</summary>
    public const string KubeletServing = "kubernetes.io/kubelet-serving";

    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string AlternativeNames = "2.5.29.17";

    // kube-controller-manager's --cluster-signing-duration
    private static readonly TimeSpan Duration = TimeSpan.FromDays(365);

    /// <summary>Whether this signer is one of these.</summary>
    public static bool Knows(string name) => name is KubeletClient or KubeletServing;

    /// <summary>Signs a request.</summary>
    /// <param name="signer">The signer that was asked.</param>
    /// <param name="pem">The request, PEM.</param>
    /// <param name="usages">What the certificate is to be for.</param>
    /// <returns>The certificate, PEM.</returns>
    /// <exception cref="CryptographicException">The signer does not sign that; the message says why.</exception>
    public string Sign(string signer, string pem, IReadOnlyCollection<string> usages)
    {
        var asked = CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
        var isClient = signer == KubeletClient;
        var names = asked.CertificateExtensions.FirstOrDefault(extension => extension.Oid?.Value == AlternativeNames);
        var (user, groups) = Subjects.Read(asked.SubjectName);
        Require(groups is [NodeRights.Group], "subject organization is not system:nodes");
        Require(user.StartsWith(NodeRights.UserPrefix, StringComparison.Ordinal), "subject common name does not begin with system:node:");
        Require(usages.Contains(isClient ? "client auth" : "server auth") && !usages.Contains(isClient ? "server auth" : "client auth"), "usages did not match");
        Require(isClient == (names is null), isClient ? "subjectAltNames are not allowed" : "DNS or IP subjectAltName is required");

        using var ca = X509Certificate2.CreateFromPem(authority, authority);
        var request = new CertificateRequest(asked.SubjectName, asked.PublicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(isClient ? ClientAuthentication : ServerAuthentication)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(ca, true, false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }
        // By the clients' clocks, whatever clock the server has.
        var until = DateTimeOffset.UtcNow + Duration;
        using var signed = request.Create(
            ca.SubjectName, X509SignatureGenerator.CreateForECDsa(ca.GetECDsaPrivateKey()!), ca.NotBefore, until < ca.NotAfter ? until : ca.NotAfter, RandomNumberGenerator.GetBytes(16));
        return signed.ExportCertificatePem() + "\n";
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new CryptographicException(otherwise);
        }
    }
}
