using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Faults;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Configuration;

/// <summary>A ConfigMap that people change with kubectl, and the board that follows it.</summary>
public abstract class ConfigurationTests : ClusterTests
{
    private const string VersionAnnotation = "picokubelet.io/config-resource-version";
    private const string KubeletToken = "kubelet-token-for-loopback-tests";
    private const string Watching = """{ "configMap": { "watch": true } }""";

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

    [TestMethod]
    public async Task AWatchedEditIsInForceWithoutALookAtTheConfigMap()
    {
        string name = NewName();
        await CreateAsync(name, ("led", "off"));
        SimulatedBoard board = await StartAsync(name, settings: Watching);
        await WaitUntilAppliedAsync(board);
        await WaitUntilSteadyAsync(board);

        // How soon is the machine's too, which runs other tests: the bench's "edits" prints it.
        for (int i = 1; i <= 5; i++)
        {
            int edit = i;
            await Cluster.PatchAsync(PathOf(name), new JsonObject { ["data"] = new JsonObject { ["led"] = edit % 2 == 1 ? "on" : "off", ["memory_values"] = $"0={edit}", ["node.labels"] = $"edit={edit}" } });
            await Eventually.HoldsAsync(JoinTime, async () =>
            {
                Assert.AreEqual(edit % 2 == 1, board.IsLedOn);
                Assert.AreEqual($"{{\"0\":\"0x{edit:x2}\"}}", await CellsAsync(board));
                Assert.AreEqual($"{edit}", (await NodeAsync(board)).Label("edit"));
            });
        }

        await WaitForRenewalAsync(board, DateTime.UtcNow);
    }

    [TestMethod]
    public async Task AWatchFollowsCreationAndDeletion()
    {
        string name = NewName();
        SimulatedBoard board = await StartAsync(name, settings: Watching);
        await WaitUntilSteadyAsync(board);
        await WaitForReasonAsync(board, "True", "Defaults", ReportTime);

        await CreateAsync(name, ("memory_values", "0=1"));
        await WaitUntilAppliedAsync(board, ReportTime);
        (await Cluster.KubectlAsync("delete", "configmap", name, "-n", BoardIdentities.Namespace)).MustSucceed();
        await WaitForReasonAsync(board, "True", "Defaults", ReportTime);
        Assert.AreEqual("{}", await CellsAsync(board));
        await CreateAsync(name, ("memory_values", "0=2"));
        await WaitUntilAppliedAsync(board, ReportTime);
        Assert.AreEqual("""{"0":"0x02"}""", await CellsAsync(board));
    }

    [TestMethod]
    public async Task AWatchThatIsCutIsTakenUpAgain()
    {
        string name = NewName();
        await CreateAsync(name, ("memory_values", "0=1"));
        SimulatedBoard board = await StartAsync(name, settings: Watching);
        await WaitUntilAppliedAsync(board);

        board.LoseWifi();
        await PatchAsync(name, """{"data":{"memory_values":"0=2"}}""");
        board.RestoreWifi();
        await WaitUntilAppliedAsync(board, RecoveryTime);

        // Its own port is back a little later.
        await Eventually.HoldsAsync(RecoveryTime, async () => Assert.AreEqual("""{"0":"0x02"}""", await CellsAsync(board)));
        await PatchAsync(name, """{"data":{"memory_values":"0=3"}}""");
        await WaitUntilAppliedAsync(board, ReportTime);
        Assert.AreEqual("""{"0":"0x03"}""", await CellsAsync(board));
    }

    private static string PathOf(string name)
    {
        return $"/api/v1/namespaces/{BoardIdentities.Namespace}/configmaps/{name}";
    }

    private static async Task<string> CellsAsync(SimulatedBoard board)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"http://127.0.0.1:{board.KubeletPort}/pico/memory");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", KubeletToken);
        using HttpResponseMessage response = await Kubelet.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["values"]!.ToJsonString();
    }

    // The one board with an LED that a pin switches.
    private async Task<SimulatedBoard> StartAsync(string name, BoardRights rights = BoardRights.All, FaultProxy? proxy = null, string? settings = null)
    {
        string token = await Cluster.Identities.CreateAsync(name, rights);
        return StartBoard(name, token, proxy?.Url ?? Cluster.Url, proxy is null ? Cluster.CaPem : null, settingsJson: settings, kubeletToken: KubeletToken, board: "esp32");
    }

    private async Task CreateAsync(string name, params (string Key, string Value)[] data)
    {
        string[] literals = [.. data.Select(entry => $"--from-literal={entry.Key}={entry.Value}")];
        (await Cluster.KubectlAsync(["create", "configmap", name, "-n", BoardIdentities.Namespace, .. literals])).MustSucceed();
    }

    private async Task ReplaceAsync(string name, params string[] sources)
    {
        ProgramResult made = (await Cluster.KubectlAsync(["create", "configmap", name, "-n", BoardIdentities.Namespace, "--dry-run=client", "-o", "yaml", .. sources])).MustSucceed();
        string file = Path.Combine(TestRun.NewFolder(name), "replacement.yaml");
        await File.WriteAllTextAsync(file, made.Output);
        (await Cluster.KubectlAsync("replace", "-f", file)).MustSucceed();
    }

    private async Task PatchAsync(string name, string patch)
    {
        (await Cluster.KubectlAsync("patch", "configmap", name, "-n", BoardIdentities.Namespace, "--type=merge", "-p", patch)).MustSucceed();
    }

    /// <summary>Runs kubectl edit with sed as the editor.</summary>
    private async Task EditAsync(string name, params string[] commands)
    {
        string script = Path.Combine(TestRun.NewFolder(name), "edit.sed");
        await File.WriteAllLinesAsync(script, commands);
        Dictionary<string, string> editor = new() { ["KUBE_EDITOR"] = $"sed -i -f {script}" };
        (await Cluster.KubectlAsync(editor, "edit", "configmap", name, "-n", BoardIdentities.Namespace)).MustSucceed();
    }

    /// <summary>Waits until the ConfigMap as it is now is in force, and the Node says so.</summary>
    private async Task<JsonNode> WaitUntilAppliedAsync(SimulatedBoard board, TimeSpan? within = null)
    {
        string version = (await Cluster.GetAsync(PathOf(board.Name))).Text("metadata", "resourceVersion")!;
        return await Eventually.GetAsync(within ?? JoinTime, async () =>
        {
            JsonNode node = await NodeAsync(board);
            JsonNode condition = node.Condition("ConfigurationApplied");
            Assert.AreEqual("True", condition.Text("status"), condition.ToJsonString());
            Assert.AreEqual("Applied", condition.Text("reason"));
            StringAssert.Contains(condition.Text("message"), $"resourceVersion {version} ");
            Assert.AreEqual(version, node.Text("metadata", "annotations", VersionAnnotation));
            return node;
        });
    }

    private async Task WaitForReasonAsync(SimulatedBoard board, string status, string reason, TimeSpan within)
    {
        await Eventually.HoldsAsync(within, async () =>
        {
            JsonNode condition = (await NodeAsync(board)).Condition("ConfigurationApplied");
            Assert.AreEqual($"{status} {reason}", $"{condition.Text("status")} {condition.Text("reason")}", condition.ToJsonString());
        });
    }

    /// <summary>Waits until two heartbeats follow one another at a pace.</summary>
    private async Task WaitForPaceAsync(SimulatedBoard board, TimeSpan pace)
    {
        await Eventually.HoldsAsync(JoinTime, async () =>
        {
            DateTime first = (await LeaseAsync(board)).Time("spec", "renewTime");
            await WaitForRenewalAsync(board, first);
            TimeSpan passed = (await LeaseAsync(board)).Time("spec", "renewTime") - first;
            Assert.IsTrue(passed <= pace * 1.5, $"{passed}");
        });
    }
}
