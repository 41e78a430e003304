using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Api;

[TestClass]
public sealed class AccessTests
{
    [TestMethod]
    public async Task WithAnAdminTokenNobodyElseGetsIn()
    {
        await using var cluster = await Cluster.StartAsync(new ApiServerOptions { AdminToken = "secret" });
        var reply = await cluster.GetAsync(Cluster.Nodes);
        Assert.AreEqual(401, reply.Code);
        Assert.AreEqual("Unauthorized", reply["reason"]);
        Assert.AreEqual(401, (await cluster.GetAsync(Cluster.Nodes, token: "other")).Code);
        Assert.AreEqual(200, (await cluster.GetAsync(Cluster.Nodes, token: "secret")).Code);
    }

    [TestMethod]
    public async Task WithoutAnAdminTokenAnUnknownOneIsStillRefused()
    {
        await using var cluster = await Cluster.StartAsync();
        Assert.AreEqual(200, (await cluster.GetAsync(Cluster.Nodes)).Code);
        Assert.AreEqual(401, (await cluster.GetAsync(Cluster.Nodes, token: "other")).Code);
    }

    [TestMethod]
    public async Task ATokenWithoutRightsIsForbiddenEverything()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.AddToken("t", "nobody");
        var reply = await cluster.PostAsync(Cluster.Nodes, """{"metadata":{"name":"n1"}}""", token: "t");
        Assert.AreEqual(403, reply.Code);
        Assert.AreEqual("Forbidden", reply["reason"]);
        Assert.AreEqual("nodes is forbidden: User \"nobody\" cannot create resource \"nodes\" in API group \"\" at the cluster scope", reply["message"]);
        var lease = await cluster.GetAsync(Cluster.Leases + "/n1", token: "t");
        Assert.AreEqual(
            "leases.coordination.k8s.io \"n1\" is forbidden: User \"nobody\" cannot get resource \"leases\" in API group \"coordination.k8s.io\" in the namespace \"kube-node-lease\"",
            lease["message"]);
    }

    [TestMethod]
    public async Task ARevokedTokenIsUnknown()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.AddToken("t", "somebody", "* *");
        Assert.AreEqual(200, (await cluster.GetAsync(Cluster.Nodes, token: "t")).Code);
        cluster.Server.RevokeToken("t");
        Assert.AreEqual(401, (await cluster.GetAsync(Cluster.Nodes, token: "t")).Code);
    }

    [TestMethod]
    public async Task WhoeverMayCanSpeakForSomebodyElse()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.AddToken("t", "nobody", "list configmaps");
        cluster.Server.AddToken("u", "herald", "impersonate users name=nobody");
        Assert.AreEqual(200, (await AsAsync(cluster, Cluster.ConfigMaps, "nobody")).Code);
        Assert.AreEqual(200, (await AsAsync(cluster, Cluster.ConfigMaps, "nobody", token: "u")).Code);
        Assert.AreEqual(403, (await AsAsync(cluster, Cluster.Nodes, "nobody")).Code);
        Assert.AreEqual(200, (await AsAsync(cluster, Cluster.Nodes, "nobody", "system:masters")).Code);
        var refused = await AsAsync(cluster, Cluster.Nodes, "nobody", "system:masters", "u");
        Assert.AreEqual(
            "groups \"system:masters\" is forbidden: User \"herald\" cannot impersonate resource \"groups\" in API group \"\" at the cluster scope",
            refused["message"]);
        refused = await AsAsync(cluster, Cluster.Nodes, "system:serviceaccount:x:y", token: "t");
        Assert.AreEqual(
            "serviceaccounts \"y\" is forbidden: User \"nobody\" cannot impersonate resource \"serviceaccounts\" in API group \"\" in the namespace \"x\"",
            refused["message"]);
        Assert.AreEqual(500, (await AsAsync(cluster, Cluster.Nodes, null, "system:masters")).Code);
    }

    [TestMethod]
    public async Task TellsWhatOneMayDo()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.AddToken("t", "nobody", "list configmaps", "get nodes name=n1", "get leases namespace=kube-node-lease");
        var reply = (await cluster.PostAsync("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", """{"spec":{"namespace":"default"}}""", token: "t")).Ok();
        Assert.AreEqual("configmaps", reply["status.resourceRules.0.resources.0"]);
        Assert.AreEqual("n1", reply["status.resourceRules.1.resourceNames.0"]);
        Assert.AreEqual("create", reply["status.resourceRules.2.verbs.0"]);
        Assert.AreEqual("get", reply["status.nonResourceRules.0.verbs.0"]);
        reply = await cluster.PostAsync("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", "{}", token: "t");
        Assert.AreEqual("no namespace on request", reply["message"]);
        reply = (await cluster.PostAsync("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}", token: "t")).Ok();
        Assert.AreEqual("nobody", reply["status.userInfo.username"]);
        Assert.AreEqual("system:authenticated", reply["status.userInfo.groups.0"]);
    }

    [TestMethod]
    [DataRow("* *", true)]
    [DataRow("get,patch nodes,nodes/status", true)]
    [DataRow("patch nodes/status name=n1", true)]
    [DataRow("patch nodes/status name=n2", false)]
    [DataRow("patch nodes", false)]
    [DataRow("get nodes/status", false)]
    [DataRow("* * namespace=default", false)]
    public void Rules(string rule, bool allows) =>
        Assert.AreEqual(allows, new AccessRule(rule).Allows(new AccessRequest("patch", "", "nodes", "status", "", "n1")));

    [TestMethod]
    [DataRow("get")]
    [DataRow("get nodes everywhere")]
    public void BrokenRules(string rule) => Assert.ThrowsExactly<FormatException>(() => new AccessRule(rule));

    [TestMethod]
    [DataRow("localhost")]
    [DataRow("127.0.0.1")]
    public async Task ServesHttpsThatItsCaVouchesFor(string host)
    {
        await using var cluster = await Cluster.StartAsync(new ApiServerOptions { Https = true });
        Assert.AreEqual("https", cluster.Server.Url.Scheme);
        var ca = X509Certificate2.CreateFromPem(cluster.Server.CaPem);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(ca);
        using var http = new HttpClient(handler);
        Assert.AreEqual("ok", await http.GetStringAsync($"https://{host}:{cluster.Server.Url.Port}/healthz"));
    }

    private static async Task<Reply> AsAsync(Cluster cluster, string path, string? user, string? group = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (header, value) in new[] { ("Impersonate-User", user), ("Impersonate-Group", group), ("Authorization", token is null ? null : "Bearer " + token) })
        {
            if (value is not null)
            {
                request.Headers.Add(header, value);
            }
        }
        var message = await cluster.Http.SendAsync(request);
        return new Reply((int)message.StatusCode, await message.Content.ReadAsStringAsync(), message);
    }
}
