using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>A server's certificate is judged as a device's mbedTLS judges it, whatever the PC's own TLS would take.</summary>
[TestClass]
public class CertificateRulesTests
{
    private static readonly TestAuthority Authority = new();

    [TestMethod]
    [DataRow("CN=127.0.0.1", 2048, "SHA256", null, null)]
    [DataRow("CN=other", 2048, "SHA384", "127.0.0.1", null)]
    [DataRow("CN=127.0.0.1", 2048, "SHA256", "127.0.0.2", "the certificate is for another host")]
    [DataRow("CN=other", 2048, "SHA256", null, "the certificate is for another host")]
    [DataRow("CN=127.0.0.1", 1024, "SHA256", "127.0.0.1", "the certificate's RSA key of 1024 bits is too short: 2048 at least")]
    [DataRow("CN=127.0.0.1", 2048, "SHA1", "127.0.0.1", "SHA-256 at least")]
    public void WhatADeviceRefusesIsRefusedAndNamed(string subject, int bits, string hash, string? address, string? fault)
    {
        SubjectAlternativeNameBuilder? names = address is null ? null : new SubjectAlternativeNameBuilder();
        names?.AddIpAddress(IPAddress.Parse(address!));
        using RSA key = RSA.Create(bits);
        using X509Certificate2 certificate = Authority.SignOdd(subject, key, new HashAlgorithmName(hash), names);

        string? found = Judge(certificate, Authority.Pem);

        if (fault is null)
        {
            Assert.IsNull(found);
        }
        else
        {
            Assert.Contains(fault, found!);
        }
    }

    [TestMethod]
    public void AnotherCaAndAnExpiredCertificateAreNamed()
    {
        using X509Certificate2 good = Authority.Sign(IPAddress.Loopback, "api.test");
        using X509Certificate2 old = Authority.Sign(IPAddress.Loopback, "api.test", DateTimeOffset.UtcNow.AddHours(-1));

        Assert.IsNull(Judge(good, Authority.Pem));
        Assert.AreEqual("the certificate is by another CA", Judge(good, new TestAuthority().Pem));
        Assert.AreEqual("the certificate has expired or is not valid yet, or the clock is wrong", Judge(old, Authority.Pem));
    }

    private static string? Judge(X509Certificate2 certificate, string caPem)
    {
        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck },
        };
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(caPem);
        SslPolicyErrors errors = chain.Build(certificate) ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateChainErrors;
        return CertificateRules.FindFault(certificate, chain, errors, "127.0.0.1");
    }
}
