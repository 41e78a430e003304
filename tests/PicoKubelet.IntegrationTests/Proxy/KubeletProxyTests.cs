using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Proxy;

/// <summary>The proxy in front of the boards' own ports: HTTPS in, the board's plain HTTP out.</summary>
public abstract class KubeletProxyTests : ClusterTests
{
    private const string Template = "deploy/proxy/kubelet/kubelet.conf.template";
    private const string CertificateScript = "deploy/proxy/kubelet/serving-certificate";

    private static readonly TimeSpan ProgramTime = TimeSpan.FromSeconds(60);

    private static readonly string[] Refused =
    [
        "GET /", "GET /exec", "GET /exec/default/pod/container?command=id", "POST /run/default/pod/container", "GET /attach", "GET /portForward",
        "GET /containerLogs/default/pod/container", "GET /logs/", "GET /debug/pprof/", "GET /runningpods/", "GET /metrics/cadvisor", "GET /metrics/probes",
        "POST /metrics", "PUT /metrics", "DELETE /pods", "OPTIONS /metrics", "TRACE /metrics", "GET /pico/command", "PUT /pico/command", "POST /pico/status",
        "GET //metrics", "GET /metrics/", "GET /./metrics", "GET /healthz/../metrics", "GET /healthz/..;/metrics", "GET /%6detrics", "GET /metrics%2fresource",
        "GET /Metrics", "POST /PICO/command", "GET /metrics?", "GET /metrics?name=x", "GET /healthz?verbose&x=1", "GET /metrics;x", "GET /pico/../metrics",
    ];

    private readonly List<NginxProxy> _nginx = [];
    private readonly List<HttpClient> _clients = [];

    private protected KubeletProxyTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestCleanup]
    public async Task StopNginxAsync()
    {
        _clients.ForEach(client => client.Dispose());
        foreach (NginxProxy proxy in _nginx)
        {
            await proxy.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task ABoardIsScrapedOverTlsWithItsToken()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        string folder = await CertificateAsync("local", board.Name);
        NginxProxy proxy = await StartProxyAsync(folder, $"{board.Name} 127.0.0.1:{board.KubeletPort};");
        HttpClient client = NewClient(proxy, folder, KubeletClient.Token);

        string[] paths =
        [
            "metrics", "metrics/resource", "stats/summary", "pods", "spec", "configz", "pico/status", "pico/memory", "pico/gpio",
            "healthz", "healthz?verbose=1", "livez", "readyz",
        ];
        foreach (string path in paths)
        {
            using HttpResponseMessage response = await client.GetAsync($"https://{board.Name}:{proxy.Port}/{path}");
            string text = await response.Content.ReadAsStringAsync();
            Assert.AreEqual(HttpStatusCode.OK, response.StatusCode, $"{path}: {text}");
            if (path == "metrics")
            {
                StringAssert.Contains(text, "kubelet_node_registered 1");
            }
        }

        using StringContent command = new("""{"command":"set_pin","params":{"pin":2,"level":"high"}}""", MediaTypeHeaderValue.Parse("application/json"));
        using HttpResponseMessage accepted = await client.PostAsync($"https://{board.Name}:{proxy.Port}/pico/command", command);
        Assert.AreEqual(HttpStatusCode.Accepted, accepted.StatusCode);
        await Eventually.HoldsAsync(JoinTime, () => Assert.IsTrue(board.IsPinHigh(2)));
        Assert.IsFalse(proxy.Log.Contains(KubeletClient.Token, StringComparison.Ordinal), proxy.Log);
    }

    [TestMethod]
    public async Task WithoutTheTokenTheBoardSays401()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        string folder = await CertificateAsync("local", board.Name);
        NginxProxy proxy = await StartProxyAsync(folder, $"{board.Name} 127.0.0.1:{board.KubeletPort};");

        foreach (string? token in new[] { null, "another-token" })
        {
            HttpClient client = NewClient(proxy, folder, token);
            using HttpResponseMessage response = await client.GetAsync($"https://{board.Name}:{proxy.Port}/metrics");
            Assert.AreEqual(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.AreEqual("Bearer", response.Headers.WwwAuthenticate.ToString());
            Assert.AreEqual("ok", (await client.GetStringAsync($"https://{board.Name}:{proxy.Port}/healthz")).Trim());
        }
    }

    [TestMethod]
    public async Task WhoTrustsAnotherCaDoesNotTalkToIt()
    {
        string folder = await CertificateAsync("local", "pico-1");
        string other = await CertificateAsync("local", "pico-1");
        NginxProxy proxy = await StartProxyAsync(folder, "pico-1 127.0.0.1:1;");

        HttpRequestException refused = await Assert.ThrowsExactlyAsync<HttpRequestException>(
            () => NewClient(proxy, other, KubeletClient.Token).GetAsync($"https://pico-1:{proxy.Port}/healthz"));
        Assert.AreEqual(HttpRequestError.SecureConnectionError, refused.HttpRequestError);
        refused = await Assert.ThrowsExactlyAsync<HttpRequestException>(
            () => NewClient(proxy, folder, KubeletClient.Token).GetAsync($"https://pico-2:{proxy.Port}/healthz"));
        Assert.AreEqual(HttpRequestError.SecureConnectionError, refused.HttpRequestError);
    }

    [TestMethod]
    public async Task EachBoardHasItsNameOrItsPort()
    {
        SimulatedBoard first = await StartReadyBoardAsync();
        SimulatedBoard second = await StartReadyBoardAsync();
        SimulatedBoard third = await StartReadyBoardAsync();
        string[] names = [first.Name, $"{second.Name}.picokubelet.svc", "any-other", "127.0.0.1"];
        string folder = await CertificateAsync("local", names);
        NginxProxy proxy = await StartProxyAsync(folder, port =>
            $"{first.Name} 127.0.0.1:{first.KubeletPort};\n{second.Name}.* 127.0.0.1:{second.KubeletPort};\n{port} 127.0.0.1:{third.KubeletPort};");

        HttpClient client = NewClient(proxy, folder, KubeletClient.Token);
        string[] expected = [first.Name, second.Name, third.Name, third.Name];
        for (int i = 0; i < names.Length; i++)
        {
            StringAssert.Contains(await client.GetStringAsync($"https://{names[i]}:{proxy.Port}/pico/status"), $"\"node\":\"{expected[i]}\"");
        }
    }

    [TestMethod]
    public async Task ANameThatIsNoBoardsLeadsNowhere()
    {
        string folder = await CertificateAsync("local", "pico-1", "pico-2");
        NginxProxy proxy = await StartProxyAsync(folder, "pico-1 127.0.0.1:1;");
        HttpClient client = NewClient(proxy, folder, KubeletClient.Token);

        using HttpResponseMessage nobody = await client.GetAsync($"https://pico-2:{proxy.Port}/metrics");
        Assert.AreEqual(HttpStatusCode.MisdirectedRequest, nobody.StatusCode);
        Assert.AreEqual("""{"error":"no board has this name or port","code":421}""", await nobody.Content.ReadAsStringAsync());
        using HttpResponseMessage gone = await client.GetAsync($"https://pico-1:{proxy.Port}/metrics");
        Assert.AreEqual(HttpStatusCode.BadGateway, gone.StatusCode);
        Assert.AreEqual("""{"error":"the proxy can not reach the board","code":502}""", await gone.Content.ReadAsStringAsync());
    }

    [TestMethod]
    public async Task WhatABoardDoesNotServeDoesNotReachIt()
    {
        string folder = await CertificateAsync("local", "pico-1");
        NginxProxy proxy = await StartProxyAsync(folder, "pico-1 127.0.0.1:1;");
        foreach (string line in Refused)
        {
            RawReply reply = await SendAsync(proxy, folder, $"{line} HTTP/1.1\r\nHost: pico-1\r\nConnection: close\r\nAuthorization: Bearer {KubeletClient.Token}\r\n\r\n");
            Assert.AreEqual(403, reply.Status, $"{line}: {reply.Text}");
            Assert.AreEqual("""{"error":"the proxy does not let this through","code":403}""", reply.Body, line);
        }

        Assert.IsTrue(proxy.Requests.All(line => line.EndsWith(" - -", StringComparison.Ordinal)), proxy.Log);
    }

    [TestMethod]
    public async Task WhatIsTooLargeOrNotTlsIsRefused()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        string folder = await CertificateAsync("local", board.Name);
        NginxProxy proxy = await StartProxyAsync(folder, $"{board.Name} 127.0.0.1:{board.KubeletPort};");
        string head = $"Host: {board.Name}\r\nConnection: close\r\nAuthorization: Bearer {KubeletClient.Token}\r\n";

        RawReply reply = await SendAsync(proxy, folder, $"POST /pico/command HTTP/1.1\r\n{head}Content-Length: 1025\r\n\r\n{new string(' ', 1025)}");
        Assert.AreEqual(413, reply.Status, reply.Text);
        reply = await SendAsync(proxy, folder, $"GET /metrics HTTP/1.1\r\n{head}X: {new string('x', 5000)}\r\n\r\n");
        Assert.AreEqual(431, reply.Status, reply.Text);
        reply = await RawHttp.SendAsync(proxy.Port, "GET /metrics", [$"Authorization: Bearer {KubeletClient.Token}"]);
        Assert.AreEqual(400, reply.Status, reply.Text);

        // A browser's cookies are more than a board takes, and stay behind.
        reply = await SendAsync(proxy, folder, $"GET /metrics HTTP/1.1\r\n{head}Cookie: {new string('x', 3500)}\r\n\r\n");
        Assert.AreEqual(200, reply.Status, reply.Text);
    }

    [TestMethod]
    public async Task TooManyRequestsAreHeldOff()
    {
        string folder = await CertificateAsync("local", "pico-1");
        NginxProxy proxy = await StartProxyAsync(folder, "pico-1 127.0.0.1:1;");

        // All in one go, so that it is too much however slow this machine is.
        string one = "GET /metrics HTTP/1.1\r\nHost: pico-1\r\n\r\n";
        RawReply replies = await SendAsync(proxy, folder, string.Concat(Enumerable.Repeat(one, 200)) + one.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal));
        StringAssert.Contains(replies.Text, "HTTP/1.1 502 ", "none went through");
        StringAssert.Contains(replies.Text, "HTTP/1.1 429 ");
        StringAssert.Contains(replies.Text, "Retry-After: 1\r\n");
    }

    [TestMethod]
    public async Task TheListOfBoardsComesFromTheClustersNodes()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        string template = Repository.PathOf("deploy/proxy/kubelet/boards.go-template");
        ProgramResult listed = (await Cluster.KubectlAsync(
            "get", "nodes", "-l", $"picokubelet.io/board,kubernetes.io/hostname={board.Name}", "-o", $"go-template-file={template}")).MustSucceed();
        Assert.AreEqual($"{board.Name} 127.0.0.1:{board.KubeletPort};\n{board.Name}.* 127.0.0.1:{board.KubeletPort};\n", listed.Output);

        string folder = await CertificateAsync("local", board.Name);
        NginxProxy proxy = await StartProxyAsync(folder, listed.Output);
        StringAssert.Contains(await NewClient(proxy, folder, KubeletClient.Token).GetStringAsync($"https://{board.Name}:{proxy.Port}/pico/status"), board.Name);
    }

    /// <summary>Makes a folder with a serving certificate, its key and its CA.</summary>
    private protected async Task<string> CertificateAsync(string mode, params string[] arguments)
    {
        string folder = TestRun.NewFolder($"certificate-{Guid.NewGuid():N}");
        ProgramResult made = await ExternalProgram.RunAsync(
            Repository.PathOf(CertificateScript), [mode, folder, .. arguments], CertificateEnvironment(), ProgramTime);
        made.MustSucceed();
        return folder;
    }

    private protected virtual Dictionary<string, string> CertificateEnvironment()
    {
        return [];
    }

    private protected async Task<SimulatedBoard> StartReadyBoardAsync()
    {
        string name = NewName();
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);
        SimulatedBoard board = StartBoard(name, token, Cluster.Url, Cluster.CaPem, kubeletToken: KubeletClient.Token);
        await WaitUntilReadyAsync(board);
        return board;
    }

    private protected Task<NginxProxy> StartProxyAsync(string certificateFolder, string boards)
    {
        return StartProxyAsync(certificateFolder, _ => boards);
    }

    private protected async Task<NginxProxy> StartProxyAsync(string certificateFolder, Func<int, string> boards)
    {
        string map = Path.Combine(certificateFolder, "boards.map");
        NginxProxy proxy = await NginxProxy.StartAsync(
            Template,
            new Dictionary<string, string>
            {
                ["PROXY_CERTIFICATE"] = Path.Combine(certificateFolder, "tls.crt"),
                ["PROXY_KEY"] = Path.Combine(certificateFolder, "tls.key"),
                ["PROXY_BOARDS"] = map,
            },
            port => File.WriteAllText(map, boards(port)));
        _nginx.Add(proxy);
        return proxy;
    }

    /// <summary>Makes a client that finds every name at the proxy and trusts the folder's CA alone.</summary>
    private protected HttpClient NewClient(NginxProxy proxy, string certificateFolder, string? token)
    {
        SocketsHttpHandler handler = new()
        {
            SslOptions = Trusting(certificateFolder),
            ConnectCallback = async (_, cancellation) =>
            {
                Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, proxy.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        HttpClient client = new(handler);
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        _clients.Add(client);
        return client;
    }

    private static SslClientAuthenticationOptions Trusting(string certificateFolder)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Path.Combine(certificateFolder, "ca.crt"));
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }

    /// <summary>Sends a request as it is written, over TLS.</summary>
    private static async Task<RawReply> SendAsync(NginxProxy proxy, string certificateFolder, string request)
    {
        using Socket socket = await RawHttp.ConnectAsync(proxy.Port);
        SslClientAuthenticationOptions options = Trusting(certificateFolder);
        options.TargetHost = request.Split("Host: ")[1].Split("\r\n")[0];
        await using SslStream stream = new(new NetworkStream(socket));
        await stream.AuthenticateAsClientAsync(options);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));
        using StreamReader reader = new(stream);
        return new RawReply(await reader.ReadToEndAsync());
    }
}
