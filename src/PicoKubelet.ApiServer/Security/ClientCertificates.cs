using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.ApiServer.Certificates;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Security;

/// <summary>Knows clients by the certificates that the server's CA signed.</summary>
/// <param name="store">Where Roles and pods are.</param>
/// <param name="caPem">The CA's certificate, PEM.</param>
internal sealed class ClientCertificates(ObjectStore store, string caPem)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    // A connection shows one, for as long as it lives.
    private readonly ConditionalWeakTable<X509Certificate2, Identity> _known = [];

    /// <summary>Who shows the certificate; null: nobody known.</summary>
    public Identity? Authenticate(X509Certificate2 certificate)
    {
        if (_known.TryGetValue(certificate, out var known))
        {
            return known.IsValid ? known : null;
        }
        if (!IsTrusted(certificate))
        {
            return null;
        }
        var (user, groups) = Subjects.Read(certificate.SubjectName);
        var until = certificate.NotAfter.ToUniversalTime();
        var identity = new Identity(user, groups, UserRights.Of(store, user, groups), () => DateTime.UtcNow < until);
        _known.AddOrUpdate(certificate, identity);
        return identity;
    }

    private bool IsTrusted(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(caPem);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(certificate);
    }
}
