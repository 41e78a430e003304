using System.Diagnostics;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Faults;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Configuration;

/// <summary>A ConfigMap that people change with kubectl, and the board that follows it.</summary>
public abstract partial class ConfigurationTests : ClusterTests
{
    private const string VersionAnnotation = "picokubelet.io/config-resource-version";
    private const string KubeletToken = "kubelet-token-for-loopback-tests";

    // The shortest that there is, with its jitter, and what the report takes.
    private static readonly TimeSpan PollTime = TimeSpan.FromSeconds(5 * 1.04);
    private static readonly TimeSpan ReportTime = TimeSpan.FromSeconds(5);

    // Without a ConfigMap the interval is the default.
    private static readonly TimeSpan DefaultPollTime = TimeSpan.FromSeconds(30 * 1.04);

    private static readonly HttpClient Kubelet = new();

    private protected ConfigurationTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task KubectlEditChangesTheBoardWithinAPoll()
    {
        string name = NewName();
        await CreateAsync(name, ("configmap.pollSeconds", "5"), ("node.labels", "room=kitchen\nfloor=1"), ("memory_values", "0=0x42"));
        SimulatedBoard board = await StartAsync(name);
        JsonNode node = await WaitUntilAppliedAsync(board);
        Assert.AreEqual("kitchen", node.Label("room"));
        Assert.AreEqual("1", node.Label("floor"));

        Stopwatch watch = Stopwatch.StartNew();
        await EditAsync(
            name,
            "s/kitchen/bedroom/",
            "/floor=1/d",
            "s/0=0x42/0=0x43,1023=7/",
            "s/^data:$/data:\\n  led: \"on\"\\n  heartbeat.leaseSeconds: \"1\"\\n  node.annotations: note=after the edit/");
        TimeSpan edited = watch.Elapsed;
        await Eventually.HoldsAsync(PollTime + ReportTime, async () =>
        {
            Assert.IsTrue(board.IsLedOn, "LED");
            Assert.AreEqual("""{"0":"0x43","1023":"0x07"}""", await CellsAsync(board));
            node = await NodeAsync(board);
            Assert.AreEqual("bedroom", node.Label("room"));
            Assert.IsNull(node.Label("floor"));
            Assert.AreEqual("after the edit", node.Text("metadata", "annotations", "note"));
        });
        TestContext.WriteLine($"in force and reported {(watch.Elapsed - edited).TotalSeconds:F2} s after kubectl edit, poll interval 5 s");
        await WaitUntilAppliedAsync(board);
        await WaitForPaceAsync(board, TimeSpan.FromSeconds(1));
        Assert.AreEqual(1, board.Boots);
        (await Cluster.KubectlAsync("describe", "node", name)).MustSucceed();
        await Eventually.HoldsAsync(ReportTime, async () =>
        {
            string description = (await Cluster.KubectlAsync("describe", "node", name)).MustSucceed().Output;
            StringAssert.Contains(description, "ConfigurationApplied");
            StringAssert.Contains(description, $"the ConfigMap picokubelet/{name} is in force");
        });
    }

    [TestMethod]
    public async Task ABadValueShowsInDescribeNodeAndLeavesTheRestAsItIs()
    {
        string name = NewName();
        await CreateAsync(name, ("configmap.pollSeconds", "5"), ("heartbeat.leaseSeconds", "1"), ("led", "on"), ("node.labels", "room=kitchen"));
        SimulatedBoard board = await StartAsync(name);
        await WaitUntilAppliedAsync(board);

        await PatchAsync(name, """{"data":{"heartbeat.leaseSeconds":"soon","node.labels":"kubernetes.io/os=mine","memory_values":"3=0x33"}}""");
        await Eventually.HoldsAsync(PollTime + ReportTime, async () =>
        {
            string description = (await Cluster.KubectlAsync("describe", "node", name)).MustSucceed().Output;
            StringAssert.Contains(description, "InvalidValue");
            StringAssert.Contains(description, "heartbeat.leaseSeconds: \"soon\" must be a whole number from 1 to 20");
            StringAssert.Contains(description, "node.labels: \"kubernetes.io/os=mine\" must not have keys under kubernetes.io");
            StringAssert.Contains(description, "ConfigurationRejected");
        });
        Assert.AreEqual("""{"3":"0x33"}""", await CellsAsync(board), "the valid key beside them");
        Assert.AreEqual("kitchen", (await NodeAsync(board)).Label("room"));
        Assert.IsTrue(board.IsLedOn);
        await WaitForPaceAsync(board, TimeSpan.FromSeconds(1));
        (await NodeAsync(board)).MustBe("Ready", "True");

        await PatchAsync(name, """{"data":{"heartbeat.leaseSeconds":"2","node.labels":"room=attic","colour":"blue"}}""");
        await Eventually.HoldsAsync(PollTime + ReportTime, async () =>
        {
            JsonNode condition = (await NodeAsync(board)).Condition("ConfigurationApplied");
            Assert.AreEqual("UnknownKey", condition.Text("reason"));
            Assert.AreEqual("colour: is not a known key", condition.Text("message"));
        });

        await PatchAsync(name, """{"data":{"colour":null}}""");
        JsonNode node = await WaitUntilAppliedAsync(board);
        Assert.AreEqual("attic", node.Label("room"));
    }

    [TestMethod]
    public async Task ADeletedConfigMapLeavesTheDefaultsAndARecreatedOneIsPickedUp()
    {
        string name = NewName();
        SimulatedBoard board = await StartAsync(name);
        await WaitUntilReadyAsync(board);
        (await Cluster.KubectlAsync("label", "node", name, "others=label")).MustSucceed();
        await WaitForReasonAsync(board, "True", "Defaults", ReportTime);

        await CreateAsync(name, ("configmap.pollSeconds", "5"), ("node.labels", "room=kitchen"), ("led", "blink:330"), ("memory_values", "1=1"));
        JsonNode node = await WaitUntilAppliedAsync(board, DefaultPollTime + ReportTime);
        Assert.AreEqual("kitchen", node.Label("room"));
        await Eventually.HoldsAsync(ReportTime, () => Assert.IsTrue(board.IsLedOn));
        await Eventually.HoldsAsync(ReportTime, () => Assert.IsFalse(board.IsLedOn));

        (await Cluster.KubectlAsync("delete", "configmap", name, "-n", BoardIdentities.Namespace)).MustSucceed();
        await WaitForReasonAsync(board, "True", "Defaults", PollTime + ReportTime);
        await Eventually.HoldsAsync(ReportTime, async () =>
        {
            node = await NodeAsync(board);
            Assert.IsNull(node.Label("room"));
            Assert.AreEqual("label", node.Label("others"));
            Assert.IsNull(node.Text("metadata", "annotations", VersionAnnotation));
        });
        Assert.AreEqual("{}", await CellsAsync(board));

        // A node that is Ready flashes once in four seconds.
        await Eventually.HoldsAsync(ReportTime, () => Assert.IsFalse(board.IsLedOn));

        await CreateAsync(name, ("node.labels", "room=cellar"));
        node = await WaitUntilAppliedAsync(board, DefaultPollTime + ReportTime);
        Assert.AreEqual("cellar", node.Label("room"));
    }

    [TestMethod]
    public async Task OfTwoEditsInARowTheLastIsInForce()
    {
        string name = NewName();
        await CreateAsync(name, ("configmap.pollSeconds", "5"));
        SimulatedBoard board = await StartAsync(name);
        await WaitUntilAppliedAsync(board);

        await PatchAsync(name, """{"data":{"node.labels":"room=first\nonly=first"}}""");
        await PatchAsync(name, """{"data":{"node.labels":"room=second"}}""");
        JsonNode node = await WaitUntilAppliedAsync(board);
        Assert.AreEqual("second", node.Label("room"));
        Assert.IsNull(node.Label("only"));
    }

    [TestMethod]
    public async Task AnEditWhileTheApiServerCanNotBeReachedIsInForceOnceItCan()
    {
        string name = NewName();
        await CreateAsync(name, ("configmap.pollSeconds", "5"), ("memory_values", "0=1"));
        FaultProxy proxy = NewProxy();
        SimulatedBoard board = await StartAsync(name, proxy: proxy);
        await WaitUntilAppliedAsync(board);

        proxy.Refuse();
        await PatchAsync(name, """{"data":{"memory_values":"0=2"}}""");
        await WaitForLogAsync(board, PollTime + ReportTime, "heartbeat failed");
        Assert.AreEqual("""{"0":"0x01"}""", await CellsAsync(board));

        proxy.Listen();
        await WaitUntilAppliedAsync(board, RecoveryTime + PollTime);
        Assert.AreEqual("""{"0":"0x02"}""", await CellsAsync(board));
    }

    [TestMethod]
    public async Task AMebibyteIsRefusedAndTheNodeStaysReady()
    {
        string name = NewName();
        await CreateAsync(name, ("configmap.pollSeconds", "5"), ("memory_values", "0=1"));
        SimulatedBoard board = await StartAsync(name);
        await WaitUntilAppliedAsync(board);

        string file = Path.Combine(TestRun.NewFolder(name), "blob");
        await File.WriteAllTextAsync(file, new string('x', 1_040_000));
        await ReplaceAsync(name, $"--from-file=blob={file}", "--from-literal=memory_values=0=2");
        await WaitForReasonAsync(board, "False", "TooLarge", PollTime + ReportTime);
        Assert.AreEqual("""{"0":"0x01"}""", await CellsAsync(board));
        (await NodeAsync(board)).MustBe("Ready", "True");
        DateTime refused = DateTime.UtcNow;
        await WaitForRenewalAsync(board, refused);

        await ReplaceAsync(name, "--from-literal=memory_values=0=3");
        await WaitUntilAppliedAsync(board);
        Assert.AreEqual("""{"0":"0x03"}""", await CellsAsync(board));
    }

    [TestMethod]
    public async Task ABoardThatMayNotReadItSaysSoAndStaysReady()
    {
        string name = NewName();
        SimulatedBoard board = await StartAsync(name, BoardRights.All & ~BoardRights.ConfigMap);
        await WaitForReasonAsync(board, "False", "Forbidden", JoinTime);
        (await NodeAsync(board)).MustBe("Ready", "True");
        await WaitForRenewalAsync(board, DateTime.UtcNow);
        Assert.AreEqual(1, board.Log.Count(line => line.Contains("may not read the ConfigMap", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task TheLastGoodConfigurationSurvivesARebootWithoutTheCluster()
    {
        string name = NewName();
        await CreateAsync(name, ("configmap.pollSeconds", "5"), ("memory_values", "0=0x42"), ("node.labels", "room=kitchen"));
        FaultProxy proxy = NewProxy();
        SimulatedBoard board = await StartAsync(name, proxy: proxy);
        await WaitUntilAppliedAsync(board);
        await Eventually.HoldsAsync(ReportTime, () => Assert.IsTrue(board.HasFile("config.json")));

        proxy.Refuse();
        board.Reboot();
        await Eventually.HoldsAsync(JoinTime, async () => Assert.AreEqual("""{"0":"0x42"}""", await CellsAsync(board)));

        // What left the ConfigMap while the board was away leaves the Node all the same.
        await PatchAsync(name, """{"data":{"node.labels":null}}""");
        proxy.Listen();
        JsonNode node = await WaitUntilAppliedAsync(board, RecoveryTime + PollTime);
        Assert.IsNull(node.Label("room"));
    }
}
