using System.Security.Cryptography.X509Certificates;

namespace PicoKubelet.ApiServer.Tests.Api;

[TestClass]
public class CertificateAuthorityTests
{
    [TestMethod]
    public async Task AServerWithTheSameCaIsTrustedByWhoTrustedTheOneBefore()
    {
        string authority = CertificateAuthority.CreatePem();
        await using EmbeddedApiServer one = await EmbeddedApiServer.StartAsync(new ApiServerOptions { Https = true, Authority = authority });
        await using EmbeddedApiServer other = await EmbeddedApiServer.StartAsync(new ApiServerOptions { Https = true });
        await using EmbeddedApiServer next = await EmbeddedApiServer.StartAsync(new ApiServerOptions { Https = true, Authority = authority });

        Assert.AreEqual(one.CaPem!.Trim(), next.CaPem!.Trim());
        Assert.AreNotEqual(one.CaPem, other.CaPem);
        Assert.DoesNotContain("PRIVATE KEY", next.CaPem);
        Assert.AreEqual("ok", await GetAsync(next, one.CaPem));
        await Assert.ThrowsExactlyAsync<HttpRequestException>(() => GetAsync(other, one.CaPem));
    }

    [TestMethod]
    public void WhatSomebodySpoiltIsNotUsed()
    {
        string authority = CertificateAuthority.CreatePem();

        Assert.IsTrue(CertificateAuthority.IsUsable(authority));
        Assert.IsFalse(CertificateAuthority.IsUsable(authority[..(authority.Length / 2)]));
        Assert.IsFalse(CertificateAuthority.IsUsable(""));
        Assert.IsFalse(CertificateAuthority.IsUsable(null));
    }

    private static async Task<string> GetAsync(EmbeddedApiServer server, string caPem)
    {
        X509ChainPolicy trust = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPem(caPem);
        using HttpClient client = new(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } }) { BaseAddress = server.Url };
        return await client.GetStringAsync("/readyz");
    }
}
