using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>
/// What a device's mbedTLS takes for a server's certificate (its default profile): signatures with SHA-256 and above, RSA of 2,048
/// bits and above, curves of 256 bits and above; the host in the subjectAltName, or in the common name where the certificate has no
/// such extension. The PC's own TLS takes more, and a board that joins here has to join on a desk.
/// </summary>
internal static class CertificateRules
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private const int MinRsaBits = 2048;
    private const int MinCurveBits = 256;

    // RSA PKCS#1 with SHA-256, SHA-384 and SHA-512, RSA-PSS, ECDSA with the same three (RFC 8017, RFC 5758).
    private static readonly HashSet<string> GoodSignatures =
    [
        "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13", "1.2.840.113549.1.1.10",
        "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4",
    ];

    /// <summary>Looks for what a device would refuse.</summary>
    /// <param name="certificate">The server's certificate, or null where it showed none.</param>
    /// <param name="chain">Its chain as the PC built it.</param>
    /// <param name="errors">What the PC found.</param>
    /// <param name="host">The host that it has to be for.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? FindFault(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, string host)
    {
        if (certificate is null || chain is null)
        {
            return "the server shows no certificate";
        }

        return FindChainFault(chain, errors) ?? FindNameFault(certificate, host) ?? FindWeakness(chain);
    }

    private static string? FindChainFault(X509Chain chain, SslPolicyErrors errors)
    {
        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return null;
        }

        X509ChainStatusFlags flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (sum, status) => sum | status.Status);
        if ((flags & X509ChainStatusFlags.NotTimeValid) != 0)
        {
            return "the certificate has expired or is not valid yet, or the clock is wrong";
        }

        return (flags & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot)) != 0
            ? "the certificate is by another CA"
            : "the certificate is not valid: " + flags;
    }

    private static string? FindNameFault(X509Certificate2 certificate, string host)
    {
        bool hasNames = certificate.Extensions.Any(extension => extension.Oid?.Value == SubjectAlternativeName);
        return certificate.MatchesHostname(host, allowWildcards: true, allowCommonName: !hasNames) ? null : "the certificate is for another host";
    }

    private static string? FindWeakness(X509Chain chain)
    {
        for (int i = 0; i < chain.ChainElements.Count; i++)
        {
            X509Certificate2 certificate = chain.ChainElements[i].Certificate;
            using var rsa = certificate.GetRSAPublicKey();
            using var ecdsa = certificate.GetECDsaPublicKey();
            if (rsa is { KeySize: < MinRsaBits })
            {
                return $"the certificate's RSA key of {rsa.KeySize} bits is too short: {MinRsaBits} at least";
            }

            if (ecdsa is { KeySize: < MinCurveBits })
            {
                return $"the certificate's curve of {ecdsa.KeySize} bits is too small: {MinCurveBits} at least";
            }

            // What a trusted CA is signed with nobody checks.
            bool isTrustAnchor = i > 0 && i == chain.ChainElements.Count - 1;
            if (!isTrustAnchor && !GoodSignatures.Contains(certificate.SignatureAlgorithm.Value ?? ""))
            {
                return $"the certificate is signed with {certificate.SignatureAlgorithm.FriendlyName}: SHA-256 at least";
            }
        }

        return null;
    }
}
