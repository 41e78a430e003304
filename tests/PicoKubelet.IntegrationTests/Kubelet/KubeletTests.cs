using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Kubelet;

/// <summary>A board's kubelet port over real sockets, while the board is a node of a cluster.</summary>
[TestClass]
public sealed class KubeletTests : ClusterTests
{
    private static readonly TimeSpan ProgramTime = TimeSpan.FromSeconds(30);

    /// <summary>Initializes a new instance.</summary>
    public KubeletTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }

    [TestMethod]
    public async Task CurlGetsWhatTheTableSays()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        (string Arguments, int Status, string Contains)[] table =
        [
            ("/healthz", 200, "ok"),
            ("/livez", 200, "ok"),
            ("/readyz", 200, "ok"),
            ("/healthz?verbose=1", 200, "\"k8s_api\":\"ok\""),
            ("/pods", 200, "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}"),
            ("/metrics", 200, "node_memory_free_bytes"),
            ("/metrics/resource", 200, "node_cpu_usage_seconds_total"),
            ("/stats/summary", 200, "\"workingSetBytes\""),
            ("/spec", 200, "\"num_cores\":2"),
            ("/configz", 200, "\"kubeletconfig\""),
            ("/pico/status", 200, "\"registered\":true"),
            ("/pico/memory", 200, "\"cells\":1024"),
            ("/pico/gpio", 200, "\"led\""),
            ("/exec/ns/pod/c", 501, "no shell"),
            ("/run/ns/pod/c", 501, "no shell"),
            ("/attach/ns/pod/c", 501, "no shell"),
            ("/portForward/ns/pod", 501, "no shell"),
            ("/containerLogs/ns/pod/c", 404, "pod \"pod\" not found"),
            ("/nowhere", 404, "\"code\":404"),
            ("/healthz -X DELETE", 405, "Allow: GET, HEAD"),
            ("/pico/command", 405, "Allow: POST"),
            ("/healthz -X BREW", 501, "\"code\":501"),
            ("/healthz --head", 200, "Content-Length: 2"),
            ("/healthz --http1.0", 200, "ok"),
            ("/pico/command -d {\"command\":\"dance\"}", 400, "command: must be"),
            ("/pico/command -d {\"command\":\"set_pin\",\"params\":{\"pin\":4,\"level\":\"high\"}}", 202, "\"state\":\"running\""),
            ("/pico/command -H Expect:100-continue -H Transfer-Encoding:chunked -d {}", 400, "command: is missing"),
            ("/pico/command -d " + new string('x', 1025), 413, "\"code\":413"),
            ("/healthz -H X:" + new string('x', 2048), 431, "\"code\":431"),
            ("/" + new string('x', 2048), 414, "\"code\":414"),
        ];

        foreach ((string arguments, int status, string contains) in table)
        {
            string[] parts = arguments.Split(' ');
            ProgramResult result = await CurlAsync(["-s", "-i", "-H", $"Authorization: Bearer {KubeletClient.Token}", UrlOf(board) + parts[0], .. parts[1..]]);
            string answer = result.Output.Replace("HTTP/1.1 100 Continue\r\n\r\n", string.Empty, StringComparison.Ordinal);
            StringAssert.StartsWith(answer, $"HTTP/1.1 {status} ", arguments);
            StringAssert.Contains(answer, contains, arguments);
        }

        string refused = (await CurlAsync(["-s", "-i", UrlOf(board) + "/pods"])).Output;
        StringAssert.StartsWith(refused, "HTTP/1.1 401 ");
        StringAssert.Contains(refused, "WWW-Authenticate: Bearer");
        await Eventually.HoldsAsync(JoinTime, () => Assert.IsTrue(board.IsPinHigh(4)));
    }

    [TestMethod]
    [DataRow("/metrics")]
    [DataRow("/metrics/resource")]
    public async Task PromtoolHasNothingToSayAboutTheMetrics(string path)
    {
        string promtool = ExternalProgram.Find("promtool") ?? throw new AssertInconclusiveException("promtool is not installed; whether it likes the metrics is left out.");
        SimulatedBoard board = await StartReadyBoardAsync();
        string file = Path.Combine(TestRun.NewFolder(board.Name), "metrics.txt");
        await File.WriteAllTextAsync(file, await KubeletClient.GetBodyAsync(board, path));

        ProgramResult result = await ExternalProgram.RunAsync("/bin/sh", ["-c", $"'{promtool}' check metrics < '{file}'"], new Dictionary<string, string>(), ProgramTime);

        Assert.AreEqual(string.Empty, result.Output + result.Error);
        result.MustSucceed();
    }

    // How long they take is the machine's too, which runs other tests: the bench's "hostile" prints it.
    [TestMethod]
    public async Task ClientsThatDribbleHoldNobodyUp()
    {
        const int Clients = 50;
        SimulatedBoard board = await StartReadyBoardAsync();
        long failedBefore = board.State.HeartbeatsFailed;
        long sentBefore = board.State.HeartbeatsSent;
        using CancellationTokenSource stop = new();
        Task[] dribblers = [.. Enumerable.Range(0, Clients).Select(_ => DribbleAsync(board, stop.Token))];

        int served = 0;
        int asked = 0;
        while (served < 20 || board.State.HeartbeatsSent < sentBefore + 3)
        {
            served += await IsServedAsync(board, "/healthz") ? 1 : 0;
            asked++;
        }

        await stop.CancelAsync();
        await Task.WhenAll(dribblers);
        TestContext.WriteLine($"/healthz beside {Clients} dribblers: {served} of {asked} requests were served at once");
        Assert.AreEqual(failedBefore, board.State.HeartbeatsFailed);
    }

    [TestMethod]
    public async Task ClientsThatAreSilentOrDoNotReadHoldNobodyUp()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        List<Socket> stuck = [];
        try
        {
            for (int i = 0; i < 10; i++)
            {
                stuck.Add(await KubeletClient.ConnectAsync(board));
                Socket reader = await KubeletClient.ConnectAsync(board);
                stuck.Add(reader);
                await reader.SendAsync(Encoding.ASCII.GetBytes($"GET /metrics HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {KubeletClient.Token}\r\n\r\n"));
                StringAssert.StartsWith(await KubeletClient.GetAsync(board, "/healthz"), "HTTP/1.1 200 ");
            }
        }
        finally
        {
            stuck.ForEach(socket => socket.Dispose());
        }
    }

    [TestMethod]
    public async Task ASilentClientIsLetGoAfterFiveSeconds()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        using Socket silent = await KubeletClient.ConnectAsync(board);
        Stopwatch watch = Stopwatch.StartNew();
        await silent.SendAsync(Encoding.ASCII.GetBytes("GET /healthz HTTP/1.1\r\n"));

        StringAssert.StartsWith(await KubeletClient.ReceiveAsync(silent), "HTTP/1.1 408 ");

        Assert.IsGreaterThanOrEqualTo(4.5, watch.Elapsed.TotalSeconds);
    }

    [TestMethod]
    public async Task TwentyClientsAreServedWhileHeartbeatsGoOn()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        long failedBefore = board.State.HeartbeatsFailed;
        DateTime before = (await LeaseAsync(board)).Time("spec", "renewTime");

        int served = (await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            int own = 0;
            for (int i = 0; i < 50; i++)
            {
                own += await IsServedAsync(board, i % 2 == 0 ? "/metrics" : "/healthz") ? 1 : 0;
            }

            return own;
        }))).Sum();

        TestContext.WriteLine($"{served} of 1000 requests were served at once");
        Assert.IsGreaterThan(900, served);

        await WaitForRenewalAsync(board, before);
        Assert.AreEqual(failedBefore, board.State.HeartbeatsFailed);
    }

    [TestMethod]
    public async Task ItListensAgainWhenTheAddressChangesAndWhenTheWiFiIsBack()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        string first = board.Address;

        board.Address = "127.66" + first[6..];
        await Eventually.HoldsAsync(JoinTime, () => MustServeAsync(board));

        board.LoseWifi();
        await Eventually.HoldsAsync(JoinTime, async () =>
            await Assert.ThrowsAsync<SocketException>(async () => (await KubeletClient.ConnectAsync(board)).Dispose()));
        board.RestoreWifi();
        await Eventually.HoldsAsync(JoinTime, () => MustServeAsync(board));
    }

    [TestMethod]
    public async Task CommandsRunOneAtATimeAndTellHowTheyEnded()
    {
        SimulatedBoard board = await StartReadyBoardAsync();

        string blink = await KubeletClient.CommandAsync(board, "{\"command\":\"blink_led\",\"params\":{\"times\":20,\"delay_ms\":50}}");
        string second = await KubeletClient.CommandAsync(board, "{\"command\":\"blink_led\"}");

        StringAssert.StartsWith(blink, "HTTP/1.1 202 ");
        StringAssert.StartsWith(second, "HTTP/1.1 409 ");
        Assert.AreEqual("running", (await CommandStatusAsync(board)).Text("state"));
        await Eventually.HoldsAsync(JoinTime, async () => Assert.AreEqual("done", (await CommandStatusAsync(board)).Text("state")));
        await Eventually.HoldsAsync(JoinTime, () => Assert.IsFalse(board.IsLedOn));

        StringAssert.StartsWith(await KubeletClient.CommandAsync(board, "{\"command\":\"reboot\"}"), "HTTP/1.1 202 ");
        await Eventually.HoldsAsync(JoinTime, () => Assert.AreEqual(2, board.Boots));
        await Eventually.HoldsAsync(JoinTime, () => MustServeAsync(board));
    }

    private static string UrlOf(SimulatedBoard board)
    {
        return $"http://{board.Address}:{board.KubeletPort}";
    }

    private static async Task<JsonNode> CommandStatusAsync(SimulatedBoard board)
    {
        return JsonNode.Parse(await KubeletClient.GetBodyAsync(board, "/pico/status"))!["command"]!;
    }

    private static async Task MustServeAsync(SimulatedBoard board)
    {
        try
        {
            StringAssert.StartsWith(await KubeletClient.GetAsync(board, "/healthz"), "HTTP/1.1 200 ");
        }
        catch (SocketException failure)
        {
            Assert.Fail(failure.Message);
        }
    }

    /// <summary>Reads a path. A client whose request is late, on a machine that runs other tests, gives way to the others.</summary>
    private static async Task<bool> IsServedAsync(SimulatedBoard board, string path)
    {
        try
        {
            string answer = await KubeletClient.GetAsync(board, path);
            bool isServed = answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
            Assert.IsTrue(isServed || answer.StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal), answer);
            return isServed;
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }

    private static Task<ProgramResult> CurlAsync(string[] arguments)
    {
        string curl = ExternalProgram.Find("curl") ?? throw new AssertInconclusiveException("curl is not installed; what it gets is left out.");
        return ExternalProgram.RunAsync(curl, arguments, new Dictionary<string, string>(), ProgramTime);
    }

    /// <summary>Sends one byte a second, and begins again when it is turned away.</summary>
    private static async Task DribbleAsync(SimulatedBoard board, CancellationToken stop)
    {
        byte[] request = Encoding.ASCII.GetBytes("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using Socket socket = await KubeletClient.ConnectAsync(board);
                for (int i = 0; i < request.Length; i++)
                {
                    await socket.SendAsync(request.AsMemory(i, 1), stop);
                    await Task.Delay(TimeSpan.FromSeconds(1), stop);
                }
            }
            catch (SocketException)
            {
                // Turned away.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<SimulatedBoard> StartReadyBoardAsync()
    {
        string name = NewName();
        SimulatedBoard board = StartBoard(new BoardOptions
        {
            Name = name,
            Board = "esp32",
            ApiServer = Cluster.Url,
            Token = await Cluster.Identities.CreateAsync(name, BoardRights.All),
            CaPem = Cluster.CaPem,
            LeaseInterval = Heartbeat,
            Address = $"127.55.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(1, 255)}",
            KubeletToken = KubeletClient.Token,
        });
        await WaitUntilSteadyAsync(board);
        return board;
    }
}
