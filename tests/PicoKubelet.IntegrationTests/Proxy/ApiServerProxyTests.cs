using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Proxy;

/// <summary>The proxy in front of the API server, for boards that speak plain HTTP.</summary>
public abstract partial class ApiServerProxyTests : ClusterTests
{
    private const string Template = "deploy/proxy/api-server/api-server.conf.template";
    private const string ConfigMaps = $"/api/v1/namespaces/{BoardIdentities.Namespace}/configmaps";
    private const string Leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

    // The firmware's, for a poll: the shortest interval, its jitter, and what the report takes.
    private static readonly TimeSpan PollTime = TimeSpan.FromSeconds(11);
    private static readonly TimeSpan WatchTime = TimeSpan.FromSeconds(3);

    private readonly List<NginxProxy> _nginx = [];

    private protected ApiServerProxyTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestCleanup]
    public async Task StopNginxAsync()
    {
        foreach (NginxProxy proxy in _nginx)
        {
            await proxy.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task ABoardJoinsThroughItAndFollowsItsConfigMap()
    {
        NginxProxy proxy = await StartProxyAsync();
        string name = NewName();
        await CreateConfigMapAsync(name, "kitchen");
        SimulatedBoard board = await JoinAsync(proxy, name: name);
        await WaitUntilSteadyAsync(board);
        await WaitForRoomAsync(board, "kitchen", JoinTime);
        await SetRoomAsync(board.Name, "attic");
        await WaitForRoomAsync(board, "attic", PollTime);
        await Eventually.HoldsAsync(PollTime, () => MustBeUsed(proxy, "POST /api/v1/namespaces/default/events"));

        // All of it was let through, none of it by mistake, and the connection was one.
        Assert.IsFalse(proxy.Requests.Any(IsRefused), proxy.Log);
        MustBeUsed(proxy, "POST /api/v1/nodes");
        MustBeUsed(proxy, $"PATCH {Leases}/{board.Name}");
        MustBeUsed(proxy, $"PATCH /api/v1/nodes/{board.Name}/status");
        Assert.AreEqual(1, board.Boots);
        Assert.AreEqual(0, board.State.HeartbeatsFailed);
    }

    [TestMethod]
    public async Task AWatchGoesThroughItEventByEvent()
    {
        NginxProxy proxy = await StartProxyAsync();
        string name = NewName();
        await CreateConfigMapAsync(name, "kitchen");
        SimulatedBoard board = await JoinAsync(proxy, """{ "configMap": { "watch": true } }""", name);
        await WaitUntilSteadyAsync(board);
        await WaitForRoomAsync(board, "kitchen", JoinTime);

        foreach (string room in new[] { "attic", "cellar", "garage" })
        {
            await SetRoomAsync(board.Name, room);
            await WaitForRoomAsync(board, room, WatchTime);
        }

        Assert.IsFalse(proxy.Requests.Any(IsRefused), proxy.Log);
    }

    [TestMethod]
    public async Task WhatABoardSendsPasses()
    {
        NginxProxy proxy = await StartProxyAsync();
        string token = await NewTokenAsync();
        foreach (string line in Passing)
        {
            bool hasBody = !line.StartsWith("GET", StringComparison.Ordinal);
            RawReply reply = await RawHttp.SendAsync(proxy.Port, line, [$"Authorization: Bearer {token}", "Content-Type: application/json"], hasBody ? "{}" : null);
            Assert.AreNotEqual(0, reply.Status, line);
            Assert.IsFalse(IsOwnAnswer(reply), $"{line}: {reply.Text}");
        }

        // With a status of the API server's each.
        await Eventually.HoldsAsync(JoinTime, () => Assert.AreEqual(Passing.Length, proxy.Requests.Count(line => line.Length > 0)));
        Assert.IsFalse(proxy.Requests.Any(line => line.EndsWith(" -", StringComparison.Ordinal)), proxy.Log);
    }

    [TestMethod]
    public async Task NothingElsePasses()
    {
        NginxProxy proxy = await StartProxyAsync();
        string token = await NewTokenAsync();
        foreach (string line in Refused)
        {
            RawReply reply = await RawHttp.SendAsync(proxy.Port, line, [$"Authorization: Bearer {token}"]);

            // A byte that no path may hold is refused sooner.
            int expected = line.Contains("%00", StringComparison.Ordinal) ? reply.Status is 400 ? 400 : 403 : 403;
            Assert.AreEqual(expected, reply.Status, $"{line}: {reply.Text}");
            if (!line.StartsWith("HEAD", StringComparison.Ordinal))
            {
                Assert.AreEqual($"Status v1 Failure {expected}", $"{reply.Json["kind"]} {reply.Json["apiVersion"]} {reply.Json["status"]} {reply.Json["code"]}", line);
            }
        }

        Assert.IsTrue(proxy.Requests.All(line => line.EndsWith(" -", StringComparison.Ordinal)), proxy.Log);
    }

    [TestMethod]
    public async Task WhoHasNoTokenIsSentAwayByTheApiServer()
    {
        NginxProxy proxy = await StartProxyAsync();
        foreach (string[] headers in new[] { [], new[] { "Authorization: Bearer not-a-token" }, ["Authorization: Bearer "] })
        {
            RawReply reply = await RawHttp.SendAsync(proxy.Port, "GET /api/v1/nodes/pico-1", headers);
            Assert.AreEqual(401, reply.Status, reply.Text);
            Assert.AreEqual("Unauthorized", reply.Json.Text("reason"));
            Assert.IsFalse(IsOwnAnswer(reply));
        }
    }

    [TestMethod]
    public async Task WhatIsTooLargeIsRefused()
    {
        NginxProxy proxy = await StartProxyAsync();
        RawReply reply = await RawHttp.SendAsync(proxy.Port, "POST /api/v1/nodes", body: new string(' ', 8193));
        Assert.AreEqual(413, reply.Status, reply.Text);
        Assert.AreEqual("RequestEntityTooLarge", reply.Json.Text("reason"));

        // Without a length the bytes count all the same.
        using Socket socket = await RawHttp.ConnectAsync(proxy.Port);
        const string Head = "POST /api/v1/nodes HTTP/1.1\r\nHost: p\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes($"{Head}2800\r\n{new string(' ', 0x2800)}\r\n0\r\n\r\n"));
        Assert.AreEqual(413, (await RawHttp.ReceiveAsync(socket)).Status);

        reply = await RawHttp.SendAsync(proxy.Port, "GET /version", [$"X: {new string('x', 5000)}"]);
        Assert.AreEqual(431, reply.Status, reply.Text);
        reply = await RawHttp.SendAsync(proxy.Port, $"GET /version?{new string('x', 5000)}");
        Assert.AreEqual(414, reply.Status, reply.Text);
        Assert.IsTrue(proxy.Requests.All(line => line.EndsWith(" -", StringComparison.Ordinal)), proxy.Log);
    }

    [TestMethod]
    public async Task TooManyRequestsAreHeldOffAndTheBoardLivesThroughIt()
    {
        NginxProxy proxy = await StartProxyAsync();
        SimulatedBoard board = await JoinAsync(proxy);
        await WaitUntilSteadyAsync(board);

        // From the board's own address, until the board has felt it.
        using CancellationTokenSource ending = new();
        Task flood = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!ending.IsCancellationRequested)
            {
                await RawHttp.SendAsync(proxy.Port, "GET /version");
            }
        })));
        await WaitForLogAsync(board, JoinTime, "heartbeat failed", "too many requests from this address");
        RawReply reply = await Eventually.GetAsync(JoinTime, async () =>
        {
            RawReply refused = await RawHttp.SendAsync(proxy.Port, "GET /version");
            Assert.AreEqual(429, refused.Status, refused.Text);
            return refused;
        });
        CollectionAssert.Contains(reply.Headers, "Retry-After: 1");
        Assert.AreEqual("TooManyRequests", reply.Json.Text("reason"));
        await ending.CancelAsync();
        await flood;

        await WaitForRenewalAsync(board, DateTime.UtcNow, RecoveryTime);
        await WaitUntilReadyAsync(board);
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    public async Task AnAddressHasSixConnectionsInServiceAtMost()
    {
        NginxProxy proxy = await StartProxyAsync();
        string name = NewName();
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);
        string watch = $"GET {ConfigMaps}?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.name%3D{name}&timeoutSeconds=60 HTTP/1.1\r\nHost: p\r\nAuthorization: Bearer {token}\r\n\r\n";
        List<Socket> sockets = [];
        using CancellationTokenSource deadline = new(JoinTime);
        try
        {
            for (int i = 0; i < 6; i++)
            {
                Socket socket = await RawHttp.ConnectAsync(proxy.Port);
                sockets.Add(socket);
                await socket.SendAsync(Encoding.ASCII.GetBytes(watch));
                byte[] head = new byte[12];
                Assert.AreEqual(12, await socket.ReceiveAsync(head, deadline.Token));
                Assert.AreEqual("HTTP/1.1 200", Encoding.ASCII.GetString(head));
            }

            Assert.AreEqual(429, (await RawHttp.SendAsync(proxy.Port, "GET /version", [$"Authorization: Bearer {token}"])).Status);
            sockets[0].Dispose();
            await Eventually.HoldsAsync(JoinTime, async () =>
                Assert.AreEqual(200, (await RawHttp.SendAsync(proxy.Port, "GET /version", [$"Authorization: Bearer {token}"])).Status));
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    [TestMethod]
    public async Task HeadersThatMeanSomebodyElseStayBehind()
    {
        NginxProxy proxy = await StartProxyAsync();
        string token = await NewTokenAsync();
        RawReply reply = await RawHttp.SendAsync(
            proxy.Port,
            "GET /api/v1/nodes/not-my-own",
            [$"Authorization: Bearer {token}", "Impersonate-User: system:admin", "Impersonate-Group: system:masters", "X-Remote-User: admin", "X-Remote-Group: system:masters", "Upgrade: SPDY/3.1"]);

        // The refusal of the board itself; who may not impersonate would be told that.
        Assert.AreEqual(403, reply.Status, reply.Text);
        Assert.IsFalse(IsOwnAnswer(reply));
        StringAssert.Contains(reply.Json.Text("message"), "cannot get resource \"nodes\"");
    }

    private static bool IsOwnAnswer(RawReply reply)
    {
        return reply.Text.Contains("the proxy ", StringComparison.Ordinal);
    }

    private static int StatusOf(string logLine)
    {
        return int.Parse(LoggedStatus().Match(logLine).Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void MustBeUsed(NginxProxy proxy, string request)
    {
        Assert.IsTrue(proxy.Requests.Any(line => line.Contains($"\"{request} HTTP/1.1\" 2", StringComparison.Ordinal)), $"no {request} in {proxy.Log}");
    }

    [GeneratedRegex("""" (\d{3}) \d+ [\d.]+ \S+$"""")]
    private static partial Regex LoggedStatus();

    private async Task<NginxProxy> StartProxyAsync(string? caPem = null, string serverName = "localhost")
    {
        NginxProxy proxy = await NginxProxy.StartAsync(Template, new Dictionary<string, string>
        {
            ["PROXY_API_SERVER"] = Cluster.Url.Authority,
            ["PROXY_API_SERVER_NAME"] = serverName,
            ["PROXY_CA"] = CaFile(caPem ?? Cluster.CaPem),
            ["PROXY_NAMESPACE"] = BoardIdentities.Namespace,
        });
        _nginx.Add(proxy);
        return proxy;
    }

    private Task<string> NewTokenAsync()
    {
        return Cluster.Identities.CreateAsync(NewName(), BoardRights.All);
    }

    private async Task<SimulatedBoard> JoinAsync(NginxProxy proxy, string? settings = null, string? name = null)
    {
        name ??= NewName();
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);
        return StartBoard(name, token, new Uri($"http://127.0.0.1:{proxy.Port}"), caPem: null, settingsJson: settings);
    }

    private Task CreateConfigMapAsync(string name, string room)
    {
        return Cluster.CreateAsync(ConfigMaps, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name },
            ["data"] = new JsonObject { ["configmap.pollSeconds"] = "5", ["node.labels"] = $"room={room}" },
        });
    }

    private Task SetRoomAsync(string name, string room)
    {
        return Cluster.PatchAsync($"{ConfigMaps}/{name}", new JsonObject { ["data"] = new JsonObject { ["node.labels"] = $"room={room}" } });
    }

    private Task WaitForRoomAsync(SimulatedBoard board, string room, TimeSpan within)
    {
        return Eventually.HoldsAsync(within, async () => Assert.AreEqual(room, (await NodeAsync(board)).Label("room")));
    }
}
