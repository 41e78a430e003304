using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests;

/// <summary>What a cluster knows of a board that joined.</summary>
public abstract class RegistrationTests : ClusterTests
{
    private static readonly string[] NodeInfoFields =
    [
        "architecture", "bootID", "containerRuntimeVersion", "kernelVersion", "kubeProxyVersion",
        "kubeletVersion", "machineID", "operatingSystem", "osImage", "systemUUID",
    ];

    private protected RegistrationTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task KubectlShowsTheNodeReady()
    {
        SimulatedBoard board = await StartBoardAsync();
        await WaitUntilReadyAsync(board);

        ProgramResult result = await Cluster.KubectlAsync("get", "node", board.Name, "--no-headers");

        StringAssert.Matches(result.MustSucceed().Output, new Regex($@"^{board.Name}\s+Ready\s+<none>\s+\d+s\s+v1\.34\.0-picokubelet\.\S+\s*$"));
        Assert.IsTrue(board.State.IsRegistered);
        Assert.IsTrue(board.State.IsReady);
        Assert.IsNull(board.State.LastError);
    }

    [TestMethod]
    public async Task KubectlWaitsForReady()
    {
        SimulatedBoard board = await StartBoardAsync();
        await Eventually.HoldsAsync(JoinTime, () => NodeAsync(board));

        ProgramResult result = await Cluster.KubectlAsync("wait", "--for=condition=Ready", "--timeout=20s", $"node/{board.Name}");

        result.MustSucceed();
    }

    [TestMethod]
    public async Task KubectlDescribesTheNode()
    {
        SimulatedBoard board = await StartBoardAsync();
        await WaitUntilSteadyAsync(board);

        ProgramResult result = await Cluster.KubectlAsync("describe", "node", board.Name);

        string text = result.MustSucceed().Output;
        foreach (string pattern in new[]
        {
            $@"^Name:\s+{board.Name}$",
            @"^Taints:\s+\S+:NoSchedule",
            $@"^Lease:\n\s+HolderIdentity:\s+{board.Name}\n(.*\n)?\s+RenewTime:\s+\w{{3}}, \d\d",
            @"^\s+Ready\s+True\s+\w{3}, \d\d",
            @"^\s+MemoryPressure\s+False\s+\w{3}, \d\d",
            @"^\s+DiskPressure\s+False\s+\w{3}, \d\d",
            @"^\s+PIDPressure\s+False\s+\w{3}, \d\d",
            @"^\s+NetworkUnavailable\s+False\s+\w{3}, \d\d",
            @"^\s+InternalIP:\s+127\.0\.0\.1$",
            $@"^\s+Hostname:\s+{board.Name}$",
            @"^Capacity:\n\s+cpu:\s+1\n\s+ephemeral-storage:\s+\S+\n\s+memory:\s+256Ki\n\s+pods:\s+0$",
            @"^System Info:$",
            @"^\s+Machine ID:\s+\S+$",
            @"^\s+Operating System:\s+linux$",
            @"^\s+Architecture:\s+arm$",
            @"^\s+Kubelet Version:\s+v1\.34\.0-picokubelet\.\S+$",
        })
        {
            StringAssert.Matches(text, new Regex(pattern, RegexOptions.Multiline));
        }
    }

    [TestMethod]
    public async Task HasTheLabelsOfItsBoardAndItsOwn()
    {
        SimulatedBoard board = await StartBoardAsync(labels: new Dictionary<string, string> { ["room"] = "kitchen" });

        JsonNode node = await WaitUntilReadyAsync(board);

        Assert.AreEqual(board.Name, node.Label("kubernetes.io/hostname"));
        Assert.AreEqual("arm", node.Label("kubernetes.io/arch"));
        Assert.AreEqual("linux", node.Label("kubernetes.io/os"));
        Assert.AreEqual("rp2040-pico", node.Label("node.kubernetes.io/instance-type"));
        Assert.AreEqual("kitchen", node.Label("room"));
    }

    [TestMethod]
    public async Task IsTaintedSoThatNoPodComes()
    {
        SimulatedBoard board = await StartBoardAsync();

        JsonNode node = await WaitUntilReadyAsync(board);

        // The node controller's own taints go by the conditions; ours stays.
        string[] own = [.. node.Taints().Where(taint => !taint.StartsWith("node.kubernetes.io/", StringComparison.Ordinal))];
        Assert.AreEqual(1, own.Length, string.Join(", ", node.Taints()));
        StringAssert.EndsWith(own[0], ":NoSchedule");
    }

    [TestMethod]
    public async Task HasRoomForNoPods()
    {
        SimulatedBoard board = await StartBoardAsync();

        JsonNode node = await WaitUntilReadyAsync(board);

        foreach (string list in new[] { "capacity", "allocatable" })
        {
            Assert.AreEqual("0", node.Text("status", list, "pods"), list);
            Assert.AreEqual("1", node.Text("status", list, "cpu"), list);
            Assert.AreEqual("256Ki", node.Text("status", list, "memory"), list);
            Assert.IsFalse(string.IsNullOrEmpty(node.Text("status", list, "ephemeral-storage")), list);
        }
    }

    [TestMethod]
    public async Task SaysWhatItIs()
    {
        SimulatedBoard board = await StartBoardAsync();

        JsonNode node = await WaitUntilReadyAsync(board);

        JsonNode info = node["status"]!["nodeInfo"]!;
        foreach (string field in NodeInfoFields)
        {
            Assert.IsFalse(string.IsNullOrEmpty(info.Text(field)), field);
        }

        Assert.AreEqual("arm", info.Text("architecture"));
        Assert.AreEqual("linux", info.Text("operatingSystem"));
        StringAssert.StartsWith(info.Text("kubeletVersion"), "v1.34.0-picokubelet.");
        Assert.AreEqual(board.KubeletPort, node["status"]!["daemonEndpoints"]!["kubeletEndpoint"]!["Port"]!.GetValue<int>());
        CollectionAssert.AreEqual(new[] { $"Hostname={board.Name}", "InternalIP=127.0.0.1" }, node.Addresses(), node.ToJsonString());
    }

    [TestMethod]
    public async Task HasSixConditionsWithTrueTimes()
    {
        // Conditions have whole seconds.
        DateTime before = DateTime.UtcNow.AddSeconds(-1);
        SimulatedBoard board = await StartBoardAsync();

        JsonNode node = await WaitUntilSteadyAsync(board);

        string[] statuses = [.. node.Conditions().Select(condition => $"{condition.Text("type")}={condition.Text("status")}").Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(
            new[] { "ConfigurationApplied=True", "DiskPressure=False", "MemoryPressure=False", "NetworkUnavailable=False", "PIDPressure=False", "Ready=True" },
            statuses);
        foreach (JsonNode condition in node.Conditions())
        {
            Assert.IsFalse(string.IsNullOrEmpty(condition.Text("reason")), condition.ToJsonString());
            Assert.IsFalse(string.IsNullOrEmpty(condition.Text("message")), condition.ToJsonString());
            DateTime heartbeat = condition.Time("lastHeartbeatTime");
            DateTime transition = condition.Time("lastTransitionTime");
            Assert.IsTrue(before <= transition && transition <= heartbeat && heartbeat <= DateTime.UtcNow, condition.ToJsonString());
        }
    }

    [TestMethod]
    public async Task ReconcilesANodeOfItsNameThatExists()
    {
        string name = NewName();
        await CreateStaleNodeAsync(name);

        SimulatedBoard board = await StartBoardAsync(name: name, labels: new Dictionary<string, string> { ["room"] = "kitchen" });

        await WaitUntilReadyAsync(board);
        await Eventually.HoldsAsync(JoinTime, async () =>
        {
            JsonNode node = await NodeAsync(board);
            Assert.AreEqual("arm", node.Label("kubernetes.io/arch"));
            Assert.AreEqual("linux", node.Label("kubernetes.io/os"));
            Assert.AreEqual("rp2040-pico", node.Label("node.kubernetes.io/instance-type"));
            Assert.AreEqual("kitchen", node.Label("room"));
            Assert.AreEqual("somebody", node.Label("example.com/owner"), "a label that is not the board's");
            Assert.AreEqual("kept", node.Text("metadata", "annotations", "example.com/note"), "an annotation that is not the board's");
            CollectionAssert.AreEqual(new[] { $"Hostname={name}", "InternalIP=127.0.0.1" }, node.Addresses());
            Assert.AreEqual("0", node.Text("status", "capacity", "pods"));
            Assert.AreEqual("256Ki", node.Text("status", "capacity", "memory"));
            StringAssert.StartsWith(node.Text("status", "nodeInfo", "kubeletVersion"), "v1.34.0-picokubelet.");
        });
    }

    [TestMethod]
    public async Task RegistersAgainAfterTheNodeWasDeleted()
    {
        SimulatedBoard board = await StartBoardAsync();
        string uid = (await WaitUntilSteadyAsync(board)).Uid();

        (await Cluster.KubectlAsync("delete", "node", board.Name)).MustSucceed();

        await Eventually.HoldsAsync(JoinTime, async () =>
        {
            JsonNode node = await NodeAsync(board);
            Assert.AreNotEqual(uid, node.Uid());
            node.MustBe("Ready", "True");
            JsonNode owner = (await LeaseAsync(board))["metadata"]!["ownerReferences"]![0]!;
            Assert.AreEqual(node.Uid(), owner.Text("uid"), "the Lease's owner");
        });
        Assert.AreEqual(1, board.Boots);
    }

    private async Task CreateStaleNodeAsync(string name)
    {
        await Cluster.CreateAsync("/api/v1/nodes", new JsonObject
        {
            ["kind"] = "Node",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = new JsonObject
                {
                    ["kubernetes.io/arch"] = "amd64",
                    ["node.kubernetes.io/instance-type"] = "something-else",
                    ["example.com/owner"] = "somebody",
                },
                ["annotations"] = new JsonObject { ["example.com/note"] = "kept" },
            },
        });
        await Cluster.PatchAsync($"{Cluster.NodePath(name)}/status", new JsonObject
        {
            ["status"] = new JsonObject
            {
                ["addresses"] = new JsonArray(new JsonObject { ["type"] = "InternalIP", ["address"] = "192.0.2.9" }),
                ["capacity"] = new JsonObject { ["pods"] = "110", ["memory"] = "8Gi" },
            },
        });
    }
}
