using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Enroll;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Proxy;

/// <summary>kubectl, through a real API server and the gateway, to a board that speaks plain HTTP, as a device does.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterGatewayTests : EnrolledBoardTests
{
    private const string Template = "deploy/proxy/gateway/gateway.conf.template";
    private const string CertificateScript = "deploy/proxy/kubelet/serving-certificate";

    private static readonly TimeSpan ProgramTime = TimeSpan.FromMinutes(2);

    private NginxProxy? _nginx;

    /// <summary>Initializes a new instance.</summary>
    public RealClusterGatewayTests()
        : base(TestRun.RealClusterAsync)
    {
    }

    private string Boards => Path.Combine(Folder.Path, "boards");

    /// <summary>Ends nginx.</summary>
    [TestCleanup]
    public async Task StopNginxAsync()
    {
        if (_nginx is not null)
        {
            await _nginx.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task TheApiServerReachesABoardThatHasOneCommandBehindIt()
    {
        string name = NewName();
        int boardPort = FreePort();
        await EnrollAsync(name);
        string certificates = await MakeCertificatesAsync(name);
        _nginx = await NginxProxy.StartAsync(Template, Variables(certificates), port => Join(name, port, boardPort));
        string token = ReadSettings()["kubelet"]!.Text("token")!;
        SimulatedBoard board = StartBoard(new BoardOptions
        {
            Name = name, SettingsJson = File.ReadAllText(Path.Combine(Output, Settings)), LeaseInterval = Heartbeat, KubeletPort = boardPort,
        });
        JsonNode node = await WaitUntilSteadyAsync(board);
        string proxy = $"/api/v1/nodes/{name}/proxy";

        Assert.AreEqual(_nginx.Port, node["status"]!["daemonEndpoints"]!["kubeletEndpoint"]!["Port"]!.GetValue<int>());
        CollectionAssert.AreEquivalent(
            new[] { "InternalIP", "ExternalIP", "Hostname" }, node["status"]!["addresses"]!.AsArray().Select(address => address!.Text("type")).ToArray());
        Assert.AreEqual("ok", (await Cluster.KubectlAsync("get", "--raw", $"{proxy}/healthz")).MustSucceed().Output);
        Assert.Contains("kubelet_node_registered 1", (await Cluster.KubectlAsync("get", "--raw", $"{proxy}/metrics")).MustSucceed().Output);
        Assert.Contains("board.log", (await Cluster.KubectlAsync("get", "--raw", $"{proxy}/logs/")).MustSucceed().Output);
        Assert.Contains("msg=registered ", (await Cluster.KubectlAsync("get", "--raw", $"{proxy}/logs/board.log?tailLines=20")).MustSucceed().Output);
        Assert.Contains("the gateway does not let this through", (await Cluster.KubectlAsync("get", "--raw", $"{proxy}/debug/pprof/")).Error);
        Assert.AreEqual(401, await GetAsync(certificates, "/metrics", null, null));
        Assert.AreEqual(200, await GetAsync(certificates, "/metrics", null, token));
        using X509Certificate2 stranger = new TestCertificates().MakeClient("kube-apiserver-kubelet-client");
        Assert.AreEqual(400, await GetAsync(certificates, "/metrics", stranger, token));
        using X509Certificate2 another = X509CertificateLoader.LoadPkcs12(X509Certificate2.CreateFromPem(
            ReadSettings().Text("clientCertificate"), ReadSettings().Text("clientKey")).Export(X509ContentType.Pkcs12), null);
        Assert.AreEqual(401, await GetAsync(certificates, "/metrics", another, null), "a client of the same CA that is not the API server");
        Assert.DoesNotContain(token, _nginx.Log);
        await WaitForRenewalAsync(board, DateTime.UtcNow);

        (await EnrollProgram.RunAsync([name, "--leave-gateway", "--output", Output, "--gateway-folder", Boards])).MustSucceed();
        Assert.IsEmpty(Directory.GetFiles(Boards));
        Assert.IsNull(ReadSettings()["kubelet"]!["announce"]);
    }

    [TestMethod]
    public async Task APortIsOneBoards()
    {
        string first = NewName();
        string second = NewName();
        await EnrollAsync(first);
        Join(first, 11001, 10250);
        Assert.AreEqual("11001 127.0.0.1:10250;\n", await File.ReadAllTextAsync(Path.Combine(Boards, first + ".address")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Boards, first + ".token")));
        }

        string other = Path.Combine(Folder.Path, "other");
        Directory.CreateDirectory(other);
        JsonObject settings = ReadSettings();
        settings.Remove("clientCertificate");
        settings.Remove("clientKey");
        settings["nodeName"] = second;
        await File.WriteAllTextAsync(Path.Combine(other, Settings), settings.ToJsonString());
        ProgramResult refused = await EnrollProgram.RunAsync(
            [second, "--join-gateway", "127.0.0.1:11001", "--board-address", "127.0.0.1:10251", "--output", other, "--gateway-folder", Boards]);

        Assert.AreEqual(1, refused.ExitCode);
        Assert.Contains($"port 11001 of the gateway is {first}'s", refused.Error, refused.Error);
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private void Join(string name, int port, int boardPort)
    {
        EnrollProgram.RunAsync([name, "--join-gateway", $"127.0.0.1:{port}", "--board-address", $"127.0.0.1:{boardPort}", "--output", Output, "--gateway-folder", Boards])
            .GetAwaiter().GetResult().MustSucceed();
    }

    private Dictionary<string, string> Variables(string certificates)
    {
        return new Dictionary<string, string>
        {
            ["PROXY_CERTIFICATE"] = Path.Combine(certificates, "tls.crt"),
            ["PROXY_KEY"] = Path.Combine(certificates, "tls.key"),
            ["PROXY_CLIENT_CA"] = Path.Combine(certificates, "client-ca.crt"),
            ["PROXY_CLIENT_NAME"] = "kube-apiserver-kubelet-client",
            ["PROXY_BOARDS"] = Boards,
        };
    }

    private async Task<string> MakeCertificatesAsync(string name)
    {
        string folder = TestRun.NewFolder($"gateway-{name}");
        Dictionary<string, string> environment = new() { ["KUBECONFIG"] = Cluster.KubeconfigPath };
        (await ExternalProgram.RunAsync(Repository.PathOf(CertificateScript), ["cluster", folder, name, "127.0.0.1"], environment, ProgramTime)).MustSucceed();
        return folder;
    }

    private async Task<int> GetAsync(string certificates, string path, X509Certificate2? certificate, string? token)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Path.Combine(certificates, "ca.crt"));
        using HttpClient client = new(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = policy,
                ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
            },
        });
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await client.GetAsync(new Uri($"https://127.0.0.1:{_nginx!.Port}{path}"));
        return (int)response.StatusCode;
    }
}
