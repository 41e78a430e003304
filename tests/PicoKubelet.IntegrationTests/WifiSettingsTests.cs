using System.Net.Sockets;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.IntegrationTests.VirtualBoard;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests;

/// <summary>Boards whose settings have a second network, a static address, or a setup page for a Wi-Fi that has changed.</summary>
[TestClass]
public sealed class WifiSettingsTests : ClusterTests
{
    private const string StaticAddress = "127.0.0.77";
    private const string StaticSettings = """{"wifi":{"address":"127.0.0.77","netmask":"255.0.0.0","gateway":"127.0.0.1","dns":"127.0.0.1"}}""";

    // The shortest that the settings allow, and what it takes to restart.
    private static readonly TimeSpan AwayTime = TimeSpan.FromSeconds(90);

    // Tried soon after the page opened, and then once a minute.
    private static readonly TimeSpan BackTime = TimeSpan.FromSeconds(90);

    /// <summary>Initializes a new instance.</summary>
    public WifiSettingsTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }

    [TestMethod]
    public async Task ABoardGoesToItsSecondNetworkAndComesBack()
    {
        SimulatedBoard board = await StartAsync("pico-w", """{"wifi":{"secondSsid":"phone","secondPassword":"s3cond-pa55"}}""");
        string uid = (await WaitUntilSteadyAsync(board)).Uid();

        DateTime lost = DateTime.UtcNow;
        BoardEvents.SecondWifiWrongPassword.Apply(board);
        BoardEvents.WifiLost.Apply(board);
        await Eventually.HoldsAsync(RecoveryTime, () => Assert.Contains(line => line.Contains("error=\"wrong password\" ssid=phone", StringComparison.Ordinal), board.Log));
        BoardEvents.SecondWifiBack.Apply(board);

        JsonNode wifi = await Eventually.GetAsync(RecoveryTime, () => WifiAsync(board, board.Address));
        Assert.AreEqual("phone", wifi.Text("ssid"));
        Assert.AreEqual("no such network", wifi["networks"]![0]!.Text("failure"));
        Assert.IsNull(wifi["networks"]![1]!.Text("failure"));
        Assert.Contains("\nnode_wifi_second_network 1\n", await KubeletClient.GetBodyAsync(board, "/metrics"));
        await WaitForRenewalAsync(board, lost, RecoveryTime);
        await WaitUntilReadyAsync(board, RecoveryTime);

        BoardEvents.WifiBack.Apply(board);
        BoardEvents.SecondWifiLost.Apply(board);
        await Eventually.HoldsAsync(RecoveryTime, async () => Assert.AreEqual("home", (await WifiAsync(board, board.Address)).Text("ssid")));
        Assert.AreEqual(uid, (await WaitUntilReadyAsync(board, RecoveryTime)).Uid());
        Assert.AreEqual(1, board.Boots);
        Assert.DoesNotContain("s3cond-pa55", string.Join('\n', board.Log) + await KubeletClient.GetBodyAsync(board, "/configz"));
    }

    [TestMethod]
    public async Task AStaticAddressIsAnnouncedAndServedWithoutDhcp()
    {
        SimulatedBoard board = await StartAsync("esp32", StaticSettings);
        BoardEvents.WifiNoDhcp.Apply(board);
        await WaitUntilSteadyAsync(board);

        CollectionAssert.AreEqual(new[] { $"Hostname={board.Name}", $"InternalIP={StaticAddress}" }, (await NodeAsync(board)).Addresses());
        JsonNode wifi = await Eventually.GetAsync(JoinTime, () => WifiAsync(board, StaticAddress));
        Assert.AreEqual(StaticAddress, wifi.Text("address"));
        Assert.AreEqual(0, board.Log.Count(line => line.Contains("level=warning msg=\"no network\"", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task APicoSaysThatItHoldsNoStaticAddress()
    {
        SimulatedBoard board = await StartAsync("pico-w", StaticSettings);
        await WaitUntilSteadyAsync(board);

        Assert.Contains($"InternalIP={board.Address}", (await NodeAsync(board)).Addresses());
        Assert.Contains(line => line.Contains("wifi.address: this board's runtime can hold no static address", StringComparison.Ordinal), board.Log);
    }

    [TestMethod]
    public async Task ABoardWhoseNetworkIsAwayForLongOpensItsPageUntilItIsBack()
    {
        string name = NewName();
        using var folder = new TemporaryFolder();
        folder.Write("picokubelet.json", new JsonObject
        {
            ["nodeName"] = name,
            ["apiServer"] = Cluster.Url.GetLeftPart(UriPartial.Authority),
            ["token"] = await Cluster.Identities.CreateAsync(name, BoardRights.All),
            ["ca"] = Cluster.CaPem,
            ["wifi"] = new JsonObject { ["setupMinutes"] = 1, ["setupPassword"] = "setup-password" },
        }.ToJsonString());
        SimulatedBoard board = StartBoard(new BoardOptions
        {
            Name = name,
            Board = BoardModels.DefaultWithAccessPoint,
            Address = $"127.45.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(1, 255)}",
            Provisions = true,
            StateFolder = folder.Path,
        });
        await Eventually.HoldsAsync(JoinTime, async () => (await Cluster.GetAsync(Cluster.NodePath(name))).MustBe("Ready", "True"));

        BoardEvents.WifiLost.Apply(board);
        await Eventually.HoldsAsync(AwayTime, () => Assert.Contains(line => line.Contains("provisioning listens", StringComparison.Ordinal), board.Log));
        Assert.AreEqual("network is away", board.RebootReason);
        Assert.IsNotNull(board.ProvisioningUrl);
        Assert.DoesNotContain("setup-password", string.Join('\n', board.Log));

        BoardEvents.WifiBack.Apply(board);
        await Eventually.HoldsAsync(BackTime, () => Assert.AreEqual("network is back", board.RebootReason));
        DateTime back = DateTime.UtcNow;
        await WaitForRenewalAsync(board, back, JoinTime);
        (await NodeAsync(board)).MustBe("Ready", "True");
        Assert.IsNull(board.ProvisioningUrl);
        Assert.AreEqual(3, board.Boots);
    }

    /// <summary>Asks a board how its Wi-Fi fares; a board that does not answer fails the assertion.</summary>
    private static async Task<JsonNode> WifiAsync(SimulatedBoard board, string address)
    {
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://{address}:{board.KubeletPort}") };
            client.DefaultRequestHeaders.Authorization = new("Bearer", KubeletClient.Token);
            return JsonNode.Parse(await client.GetStringAsync("/pico/status"))!["wifi"]!;
        }
        catch (Exception failure) when (failure is SocketException or HttpRequestException)
        {
            throw new AssertFailedException(failure.Message);
        }
    }

    private async Task<SimulatedBoard> StartAsync(string model, string settings)
    {
        string name = NewName();
        return StartBoard(new BoardOptions
        {
            Name = name,
            Board = model,
            SettingsJson = settings,
            ApiServer = Cluster.Url,
            Token = await Cluster.Identities.CreateAsync(name, BoardRights.All),
            CaPem = Cluster.CaPem,
            LeaseInterval = Heartbeat,
            KubeletToken = KubeletClient.Token,
        });
    }
}
