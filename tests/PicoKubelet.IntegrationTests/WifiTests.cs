using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests;

/// <summary>What the Wi-Fi does to a board that is a node of a cluster, and serves requests meanwhile.</summary>
[TestClass]
public sealed class WifiTests : ClusterTests
{
    private const string FirstAddress = "127.88.0.1";

    // The clients' pace: fast enough that a request is under way at any change, slow enough to leave the machine to other tests.
    private static readonly TimeSpan AskTime = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan DenyTime = TimeSpan.FromSeconds(30);

    // The address is looked at once a second, and reported with the next request.
    private static readonly TimeSpan ReportTime = TimeSpan.FromSeconds(5);

    /// <summary>Initializes a new instance.</summary>
    public WifiTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }

    [TestMethod]
    [DataRow("pico-w", "wifi-lost", "no such network")]
    [DataRow("pico-w", "wifi-wrong-password", "wrong password")]
    [DataRow("pico-w", "wifi-no-dhcp", "no address from DHCP")]
    [DataRow("esp32", "wifi-weak", "weak signal")]
    [DataRow("esp32", "wifi-no-credentials", "no Wi-Fi network configured")]
    public async Task AFailureIsLoggedOnceAndNamedAfterwards(string model, string happening, string failure)
    {
        SimulatedBoard board = await StartAsync(model, "127.0.0.1");
        await WaitUntilSteadyAsync(board);

        BoardEvents.All.Single(known => known.Name == happening).Apply(board);
        await WaitForLogAsync(board, DenyTime, "no network", failure);
        BoardEvents.WifiBack.Apply(board);

        JsonNode wifi = await Eventually.GetAsync(RecoveryTime, () => WifiAsync(board));
        Assert.AreEqual("connected", wifi.Text("state"));
        Assert.IsNull(wifi.Text("failure"));
        Assert.AreEqual(failure, wifi.Text("last_failure"));
        Assert.AreEqual("home", wifi.Text("ssid"));
        Assert.AreEqual(board.Address, wifi.Text("address"));
        Assert.AreEqual(1, wifi["losses"]!.GetValue<int>());
        Assert.AreEqual(2, wifi["joins"]!.GetValue<int>());
        Assert.AreEqual(1, board.Log.Count(line => line.Contains("no network", StringComparison.Ordinal)));
        await WaitUntilReadyAsync(board);
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    public async Task ALinkLostInTheMiddleOfARequestIsJoinedAgainAndServedOver()
    {
        SimulatedBoard board = await StartAsync("pico-w", "127.0.0.1");
        await WaitUntilSteadyAsync(board);

        // Half of a request, on the one connection that a Pico W serves at a time.
        using Socket half = await KubeletClient.ConnectAsync(board);
        await half.SendAsync(Encoding.ASCII.GetBytes("GET /pico/status HTTP/1.1\r\nHost"));
        DateTime lost = DateTime.UtcNow;
        board.DropWifi();

        await Eventually.HoldsAsync(JoinTime, () => WifiAsync(board));
        await WaitForRenewalAsync(board, lost, RecoveryTime);
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            while (await half.ReceiveAsync(new byte[16]) > 0)
            {
            }

            throw new SocketException((int)SocketError.ConnectionReset);
        });
        await WaitUntilReadyAsync(board);
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    public async Task AnAddressThatChangesWhileRequestsAreServedIsServedAndReportedAtOnce()
    {
        SimulatedBoard board = await StartAsync("esp32", FirstAddress);
        await WaitUntilSteadyAsync(board);
        using CancellationTokenSource stop = new();
        int[] answered = new int[4];
        Task[] clients = [.. Enumerable.Range(0, answered.Length).Select(client => Task.Run(() => AskAsync(board, answered, client, stop.Token)))];

        for (int i = 0; i < 4; i++)
        {
            BoardEvents.NewAddress.Apply(board);
            string address = board.Address;
            await Eventually.HoldsAsync(ReportTime, async () =>
            {
                Assert.AreEqual(address, (await WifiAsync(board)).Text("address"));
                CollectionAssert.AreEqual(
                    new[] { $"Hostname={board.Name}", $"InternalIP={address}" },
                    (await NodeAsync(board)).Addresses());
            });

            int[] before = [.. answered];
            await Eventually.HoldsAsync(ReportTime, () =>
            {
                for (int client = 0; client < before.Length; client++)
                {
                    Assert.IsGreaterThan(before[client], Volatile.Read(ref answered[client]), $"client {client} at {address}");
                }
            });
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);

        JsonNode wifi = await WifiAsync(board);
        Assert.AreEqual(0, wifi["losses"]!.GetValue<int>(), "an address that changes is no loss");
        Assert.AreEqual("127.92.0.1", wifi.Text("address"));
        (await NodeAsync(board)).MustBe("Ready", "True");
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    public async Task ABoardWhoseLinkFlapsIsReadyAgainOnceItHolds()
    {
        SimulatedBoard board = await StartAsync("pico-w", "127.0.0.1");
        string uid = (await WaitUntilSteadyAsync(board)).Uid();

        board.FlapWifi(TimeSpan.FromMilliseconds(700));
        await Eventually.HoldsAsync(DenyTime, () => Assert.IsTrue(board.Log.Count(line => line.Contains("network lost", StringComparison.Ordinal)) >= 5, "flapping"));
        board.RestoreWifi();

        DateTime still = DateTime.UtcNow;
        await WaitForRenewalAsync(board, still, RecoveryTime);
        JsonNode node = await WaitUntilReadyAsync(board, RecoveryTime);
        Assert.AreEqual(uid, node.Uid());
        Assert.AreEqual(1, board.Boots);
    }

    /// <summary>Asks a board how its Wi-Fi fares; a board that does not answer fails the assertion.</summary>
    private static async Task<JsonNode> WifiAsync(SimulatedBoard board)
    {
        try
        {
            return JsonNode.Parse(await KubeletClient.GetBodyAsync(board, "/pico/status"))!["wifi"]!;
        }
        catch (SocketException failure)
        {
            throw new AssertFailedException(failure.Message);
        }
    }

    /// <summary>Asks the board at whatever address it has, over and over, and counts the client's answers.</summary>
    private static async Task AskAsync(SimulatedBoard board, int[] answered, int client, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(AskTime, CancellationToken.None);
                if ((await KubeletClient.GetAsync(board, "/healthz")).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref answered[client]);
                }
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException)
            {
                // The old address, or a connection that went with it.
            }
        }
    }

    private async Task<SimulatedBoard> StartAsync(string model, string address)
    {
        string name = NewName();
        return StartBoard(new BoardOptions
        {
            Name = name,
            Board = model,
            ApiServer = Cluster.Url,
            Token = await Cluster.Identities.CreateAsync(name, BoardRights.All),
            CaPem = Cluster.CaPem,
            LeaseInterval = Heartbeat,
            Address = address,
            KubeletToken = KubeletClient.Token,
        });
    }
}
