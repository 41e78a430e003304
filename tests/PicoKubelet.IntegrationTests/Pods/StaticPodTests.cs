using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Tests.Programs;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>Static pods: manifests in a board's own storage, which the cluster sees by their mirrors.</summary>
public abstract class StaticPodTests : EnrolledPodTests
{
    private string _state = null!;

    private protected StaticPodTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestInitialize]
    public async Task MakeStorageAsync()
    {
        _state = Path.Combine(Folder.Path, "state");
        Directory.CreateDirectory(_state);
        await File.WriteAllBytesAsync(Path.Combine(_state, "blink.wasm"), Convert.FromBase64String(TestPrograms.Blink));
    }

    [TestMethod]
    public async Task AStaticPodRunsFromTheStartAndItsMirrorIsAsAKubelets()
    {
        Place("static-blink.json", Manifest("blink"));
        SimulatedBoard board = await NewBoardAsync();
        board.LoseWifi();
        board.Start();
        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsTrue(board.IsPinHigh(2)));
        Assert.IsFalse(board.State.IsRegistered);
        board.RestoreWifi();

        string name = $"blink-{board.Name}";
        JsonNode mirror = await Pods.WaitForAsync(name, pod => Assert.AreEqual("True", PodSpace.ReadyOf(pod), pod.ToJsonString()));
        JsonNode annotations = mirror["metadata"]!["annotations"]!;
        string hash = annotations.Text("kubernetes.io/config.mirror")!;
        Assert.AreEqual(32, hash.Length);
        Assert.AreEqual(hash, annotations.Text("kubernetes.io/config.hash"));
        Assert.AreEqual("file", annotations.Text("kubernetes.io/config.source"));
        Assert.IsTrue(DateTimeOffset.TryParse(annotations.Text("kubernetes.io/config.seen"), out DateTimeOffset seen) && (DateTimeOffset.UtcNow - seen).Duration() < TimeSpan.FromMinutes(10));
        Assert.AreEqual("yes", annotations.Text("mine"));
        JsonNode node = await NodeAsync(board);
        JsonNode owner = mirror["metadata"]!["ownerReferences"]!.AsArray().Single()!;
        Assert.AreEqual($"Node {board.Name} {node.Uid()}", $"{owner.Text("kind")} {owner.Text("name")} {owner.Text("uid")}");
        Assert.AreEqual(board.Name, mirror.Text("spec", "nodeName"));
        Assert.AreEqual(0, PodSpace.RestartsOf(mirror));
        StringAssert.Contains(PodSpace.StateOf(mirror).ToJsonString(), $"{DateTimeOffset.UtcNow:yyyy}");
        string described = await Pods.KubectlAsync("describe", "pod", name);
        StringAssert.Contains(described, $"Controlled By:  Node/{board.Name}");

        // Deleted by hand it is made again, and the program hears nothing of it.
        // Without waiting: kubectl misses a deletion that is followed by a new pod of the name at once.
        await Pods.KubectlAsync("delete", "pod", name, "--wait=false");
        JsonNode again = await Pods.WaitForAsync(name, pod =>
        {
            Assert.AreNotEqual(mirror.Uid(), pod.Uid());
            Assert.AreEqual("True", PodSpace.ReadyOf(pod));
        });
        Assert.AreEqual(hash, again["metadata"]!["annotations"]!.Text("kubernetes.io/config.mirror"));
        Assert.AreEqual(0, PodSpace.RestartsOf(again));

        // A power cut: the same mirror, and one restart more.
        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsTrue(board.HasFile("pod-0.cache")));
        board.Stop();
        board.Start();
        await Pods.WaitForAsync(name, pod =>
        {
            Assert.AreEqual(again.Uid(), pod.Uid());
            Assert.AreEqual(1, PodSpace.RestartsOf(pod));
            Assert.AreEqual("True", PodSpace.ReadyOf(pod));
        });

        // Without its manifest it is no more.
        board.Stop();
        File.Delete(Path.Combine(_state, "static-blink.json"));
        board.Start();
        await Eventually.HoldsAsync(PodSpace.Long, async () => Assert.IsNull(await Pods.FindPodAsync(name)));
        Assert.IsEmpty(board.Pods);
    }

    [TestMethod]
    public async Task AWrongManifestIsToldWithFileAndFieldAndStopsNoOther()
    {
        Place("static-blink.json", Manifest("blink"));
        JsonObject wrong = Manifest("wrong");
        wrong["spec"]!["volumes"] = JsonNode.Parse("""[{"name":"app","configMap":{"name":"blink"}}]""");
        Place("static-wrong.json", wrong);
        JsonObject invalid = Manifest("In_Valid");
        invalid["spec"]!["containers"]![0]!["resources"] = JsonNode.Parse("""{"limits":{"memory":"2Ki"}}""");
        Place("static-invalid.json", invalid);
        await File.WriteAllTextAsync(Path.Combine(_state, "static-torn.json"), "{\"kind\":\"Pod\",");
        SimulatedBoard board = await NewBoardAsync();
        board.Start();

        await Pods.WaitForAsync($"blink-{board.Name}", pod => Assert.AreEqual("True", PodSpace.ReadyOf(pod)));
        await Eventually.HoldsAsync(PodSpace.Long, async () =>
        {
            string described = await Pods.KubectlAsync("describe", "node", board.Name);
            StringAssert.Contains(described, "StaticPodRefused");
            StringAssert.Contains(described, "static-wrong.json: spec.volumes[0].configMap: a static pod can use nothing that the API server has");
            StringAssert.Contains(described, "static-torn.json: ");
            StringAssert.Matches(described, new(@"static-invalid\.json: no mirror pod: .*metadata\.name"));
        });
    }

    [TestMethod]
    public async Task ANodeMayCreateMirrorsOfItsOwnAndNoOtherPods()
    {
        SimulatedBoard board = await NewBoardAsync();
        board.Start();
        await WaitUntilReadyAsync(board);
        string uid = (await NodeAsync(board)).Uid();

        (string Why, Action<JsonObject> Change)[] changes =
        [
            ("can only create mirror pods", pod => pod["metadata"]!.AsObject().Remove("annotations")),
            ("can only create pods with spec.nodeName set to itself", pod => pod["spec"]!["nodeName"] = "another"),
            ("can only create pods with an owner reference set to itself", pod => pod["metadata"]!.AsObject().Remove("ownerReferences")),
            ("can only create pods with a controller owner reference set to itself", pod => pod["metadata"]!["ownerReferences"]![0]!.AsObject().Remove("controller")),
            ("UID mismatch", pod => pod["metadata"]!["ownerReferences"]![0]!["uid"] = "another"),
            ("a mirror pod may not reference service accounts", pod => pod["spec"]!["serviceAccountName"] = "default"),
            ("can not create pods that reference configmaps", pod => pod["spec"]!["volumes"] = JsonNode.Parse("""[{"name":"app","configMap":{"name":"a"}}]""")),
            ("a mirror pod may not reference secrets", pod => pod["spec"]!["volumes"] = JsonNode.Parse("""[{"name":"app","secret":{"secretName":"a"}}]""")),
        ];
        List<string> wrong = [];
        foreach ((string why, Action<JsonObject> change) in changes)
        {
            JsonObject pod = Mirror(board.Name, uid);
            change(pod);
            ProgramResult result = await CreateAsNodeAsync(board.Name, pod);
            if (result.ExitCode == 0 || !result.Error.Contains(why, StringComparison.Ordinal))
            {
                wrong.Add($"{why}: {result.Output}{result.Error}");
            }
        }

        Assert.IsEmpty(wrong, string.Join("\n", wrong));
        (await CreateAsNodeAsync(board.Name, Mirror(board.Name, uid))).MustSucceed();

        // It mirrors nothing, and so the board takes it away.
        await Eventually.HoldsAsync(PodSpace.Long, async () => Assert.IsNull(await Pods.FindPodAsync($"mirror-{board.Name}")));
    }

    private Task<ProgramResult> CreateAsNodeAsync(string node, JsonObject pod)
    {
        string file = Folder.Write($"{Guid.NewGuid():N}.json", pod.ToJsonString());
        return Pods.TryKubectlAsync("create", "--validate=false", "--filename", file, $"--as=system:node:{node}", "--as-group=system:nodes", "--as-group=system:authenticated");
    }

    private JsonObject Mirror(string node, string uid)
    {
        JsonObject pod = Manifest($"mirror-{node}");
        pod["metadata"]!["annotations"] = new JsonObject { ["kubernetes.io/config.mirror"] = "0123" };
        pod["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Node", ["name"] = node, ["uid"] = uid, ["controller"] = true });
        pod["spec"]!["nodeName"] = node;
        return pod;
    }

    private async Task<SimulatedBoard> NewBoardAsync()
    {
        string name = NewName();
        await EnrollAsync(name);
        JsonObject settings = ReadSettings();
        settings["pods"] = JsonNode.Parse(PodSpace.BoardSettings)!["pods"]!.DeepClone();
        return NewBoard(new BoardOptions { Name = name, SettingsJson = settings.ToJsonString(), LeaseInterval = Heartbeat, StateFolder = _state });
    }

    private void Place(string file, JsonObject manifest)
    {
        File.WriteAllText(Path.Combine(_state, file), manifest.ToJsonString(new() { WriteIndented = true }));
    }

    private JsonObject Manifest(string name)
    {
        JsonObject spec = Pods.Spec("blink");
        spec["nodeSelector"] = null;
        spec["volumes"] = JsonNode.Parse("""[{"name":"app","hostPath":{"path":"/"}}]""");
        spec["containers"]![0]!["command"] = new JsonArray("/app/blink.wasm");
        spec["containers"]![0]!["resources"] = JsonNode.Parse($$$"""{"limits":{"memory":"4Ki","{{{PodSpace.Pin}}}":"1"}}""");
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = Pods.Name, ["annotations"] = new JsonObject { ["mine"] = "yes" } },
            ["spec"] = spec,
        };
    }
}
