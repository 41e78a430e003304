using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Proxy;

// Whom the proxy trusts, and what it tells of those who trust it.
public abstract partial class ApiServerProxyTests
{
    [TestMethod]
    public async Task AnApiServerOfAnotherCaIsNotTrustedAndTheBoardKeepsTrying()
    {
        NginxProxy proxy = await StartProxyAsync(OtherCa());
        RawReply reply = await RawHttp.SendAsync(proxy.Port, "GET /version");
        Assert.AreEqual(502, reply.Status, reply.Text);
        Assert.AreEqual("ServiceUnavailable", reply.Json.Text("reason"));

        SimulatedBoard board = await JoinAsync(proxy);
        await WaitForLogAsync(board, JoinTime, "registration failed", "502");
        await Eventually.HoldsAsync(JoinTime, () => Assert.IsTrue(board.State.HeartbeatsFailed >= 3));
        Assert.IsNull(await Cluster.FindAsync(Cluster.NodePath(board.Name)));

        await proxy.ReconfigureAsync("PROXY_CA", CaFile(Cluster.CaPem));
        await WaitUntilReadyAsync(board);
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    public async Task AnApiServerOfAnotherNameIsNotTrusted()
    {
        NginxProxy proxy = await StartProxyAsync(serverName: "kubernetes.example.org");
        RawReply reply = await RawHttp.SendAsync(proxy.Port, "GET /version");
        Assert.AreEqual(502, reply.Status, reply.Text);
    }

    [TestMethod]
    public async Task NoTokenIsLogged()
    {
        NginxProxy proxy = await StartProxyAsync(OtherCa());
        const string Secret = "a-token-that-nobody-may-see";
        string[][] headers =
        [
            [$"Authorization: Bearer {Secret}"],
            [$"Authorization : Bearer {Secret}"],
            [$"Author\u0001ization: Bearer {Secret}"],
            [$"Authorization: Bearer {Secret}", $"Authorization: Bearer {Secret}"],
            [$"Authorization: Bearer {Secret}{new string('x', 5000)}"],
            [$"Content-Length: {Secret}"],
        ];
        foreach (string[] given in headers)
        {
            await RawHttp.SendAsync(proxy.Port, "GET /version", given);
            await RawHttp.SendAsync(proxy.Port, "GET /api/v1/secrets", given);
        }

        // nginx says why it does not trust the server, so what it has to say is there.
        await Eventually.HoldsAsync(JoinTime, () => StringAssert.Contains(proxy.Log, "SSL certificate verify error"));
        Assert.IsFalse(proxy.Log.Contains(Secret, StringComparison.Ordinal), proxy.Log);
    }

    private static string CaFile(string pem)
    {
        string path = Path.Combine(TestRun.NewFolder($"ca-{Guid.NewGuid():N}"), "ca.crt");
        File.WriteAllText(path, pem);
        return path;
    }

    private static string OtherCa()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=another-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        return certificate.ExportCertificatePem();
    }
}
