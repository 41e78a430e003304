using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Kubelet;

/// <summary>A board's port in TLS: who is let in, and what a client that makes no handshake can do to the others.</summary>
[TestClass]
public sealed class KubeletTlsTests : ClusterTests
{
    private const string ApiServer = "kube-apiserver-kubelet-client";

    private readonly TestCertificates _authority = new();

    /// <summary>Initializes a new instance.</summary>
    public KubeletTlsTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }

    [TestMethod]
    public async Task TheApiServersCertificateAndTheTokenOpenThePort()
    {
        SimulatedBoard board = await StartServingBoardAsync();
        using X509Certificate2 apiServer = _authority.MakeClient(ApiServer);
        using X509Certificate2 admin = _authority.MakeClient("kubernetes-admin");
        using X509Certificate2 another = _authority.MakeClient("somebody", group: "people");
        using X509Certificate2 expired = _authority.MakeClient(ApiServer, hasExpired: true);
        using X509Certificate2 stranger = new TestCertificates().MakeClient(ApiServer);

        Assert.AreEqual(200, await GetAsync(board, "/metrics", apiServer));
        Assert.AreEqual(200, await GetAsync(board, "/metrics", apiServer, "wrong"));
        Assert.AreEqual(200, await GetAsync(board, "/metrics", null, KubeletClient.Token));
        Assert.AreEqual(200, await GetAsync(board, "/metrics", another, KubeletClient.Token));
        Assert.AreEqual(200, await GetAsync(board, "/healthz", null));
        Assert.AreEqual(401, await GetAsync(board, "/metrics", null));
        Assert.AreEqual(401, await GetAsync(board, "/metrics", null, "wrong"));
        Assert.AreEqual(200, await GetAsync(board, "/metrics", admin));
        Assert.AreEqual(403, await GetAsync(board, "/metrics", another));
        Assert.AreEqual(401, await GetAsync(board, "/metrics", expired));
        Assert.AreEqual(401, await GetAsync(board, "/metrics", stranger));
    }

    [TestMethod]
    public async Task AnotherNameOfTheApiServerIsASetting()
    {
        SimulatedBoard board = await StartServingBoardAsync("system:apiserver");
        using X509Certificate2 named = _authority.MakeClient("system:apiserver");
        using X509Certificate2 usual = _authority.MakeClient(ApiServer, group: "people");

        Assert.AreEqual(200, await GetAsync(board, "/metrics", named));
        Assert.AreEqual(403, await GetAsync(board, "/metrics", usual));
    }

    [TestMethod]
    public async Task WhoMakesNoHandshakeHoldsNobodyUp()
    {
        SimulatedBoard board = await StartServingBoardAsync();
        List<Socket> silent = [];
        try
        {
            for (int i = 0; i < 20; i++)
            {
                // The head of a record that never comes whole, and nothing at all.
                Socket socket = await KubeletClient.ConnectAsync(board);
                silent.Add(socket);
                await socket.SendAsync(i % 2 == 0 ? [0x16, 0x03] : Array.Empty<byte>());
            }

            Assert.AreEqual(200, await GetAsync(board, "/metrics", null, KubeletClient.Token));
            await WaitForRenewalAsync(board, DateTime.UtcNow);
        }
        finally
        {
            silent.ForEach(socket => socket.Dispose());
        }
    }

    [TestMethod]
    public async Task PlainHttpIsRefusedCountedAndLoggedOnce()
    {
        SimulatedBoard board = await StartServingBoardAsync();

        for (int i = 0; i < 3; i++)
        {
            Assert.DoesNotContain("200", await EndAsync(board));
        }

        Assert.Contains("kubelet_http_connections_aborted_total{reason=\"handshake\"} 3", await GetBodyAsync(board, "/metrics", KubeletClient.Token));
        Assert.HasCount(1, board.Log.Where(line => line.Contains("failed the TLS handshake", StringComparison.Ordinal)));
    }

    // The connection may be reset behind TLS's own words.
    private static async Task<string> EndAsync(SimulatedBoard board)
    {
        try
        {
            return await KubeletClient.SendAsync(board, "GET /healthz HTTP/1.0\r\n\r\n");
        }
        catch (SocketException)
        {
            return "";
        }
    }

    private async Task<SimulatedBoard> StartServingBoardAsync(string? clientName = null)
    {
        string name = NewName();
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);
        await GrantReviewsAsync(name);
        (string certificate, string key) = _authority.MakeServing();
        JsonObject kubelet = new() { ["certificate"] = certificate, ["key"] = key, ["clientCa"] = _authority.CaPem };
        if (clientName is not null)
        {
            kubelet["clientName"] = clientName;
        }

        SimulatedBoard board = StartBoard(
            name, token, Cluster.Url, Cluster.CaPem, settingsJson: new JsonObject { ["kubelet"] = kubelet }.ToJsonString(), kubeletToken: KubeletClient.Token);
        await WaitUntilSteadyAsync(board);
        return board;
    }

    private async Task GrantReviewsAsync(string name)
    {
        const string Rbac = "rbac.authorization.k8s.io";
        string role = name + "-reviews";
        await Cluster.CreateAsync($"/apis/{Rbac}/v1/clusterroles", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = role },
            ["rules"] = new JsonArray(new JsonObject
            {
                ["apiGroups"] = new JsonArray("authentication.k8s.io", "authorization.k8s.io"),
                ["resources"] = new JsonArray("tokenreviews", "subjectaccessreviews"),
                ["verbs"] = new JsonArray("create"),
            }),
        });
        await Cluster.CreateAsync($"/apis/{Rbac}/v1/clusterrolebindings", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = role },
            ["roleRef"] = new JsonObject { ["apiGroup"] = Rbac, ["kind"] = "ClusterRole", ["name"] = role },
            ["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["namespace"] = BoardIdentities.Namespace, ["name"] = name }),
        });
    }

    private async Task<int> GetAsync(SimulatedBoard board, string path, X509Certificate2? certificate, string? token = null)
    {
        using HttpClient client = NewClient(certificate, token);
        using HttpResponseMessage response = await client.GetAsync(new Uri($"https://{board.Address}:{board.KubeletPort}{path}"));
        await response.Content.ReadAsStringAsync();
        return (int)response.StatusCode;
    }

    private async Task<string> GetBodyAsync(SimulatedBoard board, string path, string token)
    {
        using HttpClient client = NewClient(null, token);
        return await client.GetStringAsync(new Uri($"https://{board.Address}:{board.KubeletPort}{path}"));
    }

    private HttpClient NewClient(X509Certificate2? certificate, string? token)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(_authority.CaPem);
        HttpClient client = new(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = policy,
                ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
            },
        });
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
