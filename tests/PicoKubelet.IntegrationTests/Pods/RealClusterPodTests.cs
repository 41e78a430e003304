using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Enroll;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Tests.Programs;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>Pods on a board that a real control plane knows by its certificate, as whoever has kubectl sees them.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterPodTests : EnrolledBoardTests
{
    private const string Pods = "/api/v1/namespaces/default/pods";
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    private static readonly TimeSpan PodTime = TimeSpan.FromSeconds(60);

    /// <summary>Initializes a new instance.</summary>
    public RealClusterPodTests()
        : base(TestRun.RealClusterAsync)
    {
    }

    [TestMethod]
    public async Task BlinkRunsMovesItsPinAndIsDeleted()
    {
        SimulatedBoard board = await StartBoardForPodsAsync();
        string pod = await CreatePodAsync(board, TestPrograms.Blink, "Always", ("picokubelet.io/gpio-2", "1"));

        JsonNode running = await WaitForPhaseAsync(pod, "Running");
        await Eventually.HoldsAsync(PodTime, () => Assert.IsTrue(board.IsPinHigh(2)));
        await Eventually.HoldsAsync(PodTime, () => Assert.IsFalse(board.IsPinHigh(2)));
        Assert.AreEqual("True", running["status"]!["conditions"]!.AsArray().Single(condition => (string?)condition!["type"] == "Ready")!["status"]!.GetValue<string>());
        string wide = (await KubectlAsync("get", "pod", pod, "--output", "wide")).Output;
        StringAssert.Contains(wide, "1/1");
        StringAssert.Contains(wide, board.Name);
        string described = (await KubectlAsync("describe", "pod", pod)).Output;
        StringAssert.Contains(described, "Started container main");

        await KubectlAsync("delete", "pod", pod, "--timeout=25s");

        Assert.IsNull(await Cluster.FindAsync($"{Pods}/{pod}"));
        await Eventually.HoldsAsync(PodTime, () => Assert.IsFalse(board.IsPinHigh(2)));
    }

    [TestMethod]
    public async Task LogsAreWhatTheProgramWrote()
    {
        SimulatedBoard board = await StartBoardForPodsAsync();
        string pod = await CreatePodAsync(board, TestPrograms.Hello, "Never");
        JsonNode ended = await WaitForPhaseAsync(pod, "Succeeded");

        string all = (await KubectlAsync("logs", pod)).Output;
        string tail = (await KubectlAsync("logs", pod, "--tail=1")).Output;
        string stamped = (await KubectlAsync("logs", pod, "--timestamps", "--limit-bytes=20")).Output;
        ProgramResult previous = await Cluster.KubectlAsync("logs", pod, "--previous", "--namespace", "default");

        StringAssert.StartsWith(all, $"hello\nNODE={board.Name}");
        StringAssert.StartsWith(tail, $"NODE={board.Name}");
        StringAssert.Matches(stamped, new("^20..-..-..T..:..:"));
        StringAssert.Contains(previous.Error, "previous terminated container");
        Assert.AreEqual("Completed", StateOf(ended)["terminated"]!["reason"]!.GetValue<string>());
    }

    [TestMethod]
    public async Task AFollowedLogEndsWithTheProgramThatHearsItsEnd()
    {
        SimulatedBoard board = await StartBoardForPodsAsync();
        string pod = await CreatePodAsync(board, TestPrograms.Polite, "Always");
        await WaitForPhaseAsync(pod, "Running");

        await using RunningProgram followed = new(KubectlProgram.Require(), ["--kubeconfig", Cluster.KubeconfigPath, "logs", pod, "--follow", "--namespace", "default"]);
        await followed.WaitForAsync(new("hi"), PodTime);
        await KubectlAsync("delete", "pod", pod, "--timeout=25s");

        Assert.AreEqual(0, await followed.WaitForExitAsync(PodTime));
        StringAssert.StartsWith(followed.Output, "hi\nbye\n");
    }

    [TestMethod]
    public async Task ACrashIsStartedAgainAfterAWaitAndTheFirstLogStays()
    {
        SimulatedBoard board = await StartBoardForPodsAsync();
        string pod = await CreatePodAsync(board, TestPrograms.Fail, "Always");

        JsonNode crashing = await Eventually.GetAsync(PodTime, async () =>
        {
            JsonNode found = await Cluster.GetAsync($"{Pods}/{pod}");
            Assert.AreEqual("CrashLoopBackOff", (string?)StateOf(found)["waiting"]?["reason"]);
            return found;
        });

        JsonNode status = crashing["status"]!["containerStatuses"]![0]!;
        Assert.AreEqual(1, status["restartCount"]!.GetValue<int>());
        Assert.AreEqual(3, status["lastState"]!["terminated"]!["exitCode"]!.GetValue<int>());
        (await Cluster.KubectlAsync("logs", pod, "--previous", "--namespace", "default")).MustSucceed();
        await KubectlAsync("delete", "pod", pod, "--timeout=25s");
    }

    [TestMethod]
    public async Task WhatGoesWrongIsSaidInTheKubeletsWords()
    {
        SimulatedBoard board = await StartBoardForPodsAsync();

        string greedy = await CreatePodAsync(board, TestPrograms.Greedy, "Never");
        Assert.AreEqual("OOMKilled", StateOf(await WaitForPhaseAsync(greedy, "Failed"))["terminated"]!["reason"]!.GetValue<string>());

        JsonObject foreign = PodOf(board, "nothing", "Never");
        foreign["spec"]!.AsObject().Remove("runtimeClassName");
        Assert.AreEqual("UnsupportedRuntime", (await WaitForPhaseAsync(await CreateAsync(foreign), "Failed"))["status"]!["reason"]!.GetValue<string>());

        JsonObject probed = PodOf(board, "nothing", "Never");
        probed["spec"]!["containers"]![0]!["livenessProbe"] = JsonNode.Parse("""{"httpGet":{"path":"/","port":80}}""");
        string message = (await WaitForPhaseAsync(await CreateAsync(probed), "Failed"))["status"]!["message"]!.GetValue<string>();
        StringAssert.StartsWith(message, "spec.containers[0].livenessProbe.httpGet: ");

        string waiting = await CreateAsync(PodOf(board, "nothing", "Always"));
        await Eventually.HoldsAsync(PodTime, async () =>
        {
            JsonNode? state = StateOf(await Cluster.GetAsync($"{Pods}/{waiting}"))["waiting"];
            Assert.AreEqual("CreateContainerConfigError", (string?)state?["reason"]);
            Assert.AreEqual("configmap \"nothing\" not found", (string?)state?["message"]);
        });

        // A lock-up is deleted within its grace, and a pod that never ran too.
        await KubectlAsync("delete", "pod", waiting, "--timeout=25s");
        string spin = await CreatePodAsync(board, TestPrograms.Spin, "Always");
        await WaitForPhaseAsync(spin, "Running");
        await KubectlAsync("delete", "pod", spin, "--timeout=25s");
    }

    [TestMethod]
    public async Task APodRunsAgainAfterAPowerCut()
    {
        SimulatedBoard board = await StartBoardForPodsAsync();
        string pod = await CreatePodAsync(board, TestPrograms.Polite, "Always");
        await WaitForPhaseAsync(pod, "Running");

        board.Reboot();

        await Eventually.HoldsAsync(PodTime, async () =>
        {
            JsonNode found = (await Cluster.GetAsync($"{Pods}/{pod}"))["status"]!["containerStatuses"]![0]!;
            Assert.AreEqual(1, found["restartCount"]!.GetValue<int>());
            Assert.IsNotNull(found["state"]!["running"]);
        });
        await KubectlAsync("delete", "pod", pod, "--timeout=25s");
    }

    private static JsonNode StateOf(JsonNode pod)
    {
        return pod["status"]?["containerStatuses"]?[0]?["state"] ?? new JsonObject();
    }

    private static JsonObject PodOf(SimulatedBoard board, string configMap, string restartPolicy)
    {
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["generateName"] = "pod-" },
            ["spec"] = new JsonObject
            {
                ["nodeName"] = board.Name,
                ["runtimeClassName"] = "picokubelet",
                ["restartPolicy"] = restartPolicy,
                ["terminationGracePeriodSeconds"] = 3,
                ["volumes"] = new JsonArray(new JsonObject { ["name"] = "app", ["configMap"] = new JsonObject { ["name"] = configMap } }),
                ["containers"] = new JsonArray(new JsonObject
                {
                    ["name"] = "main",
                    ["image"] = "picokubelet.io/wasm",
                    ["command"] = new JsonArray("/app/program.wasm"),
                    ["env"] = JsonNode.Parse("""[{"name":"NODE","valueFrom":{"fieldRef":{"fieldPath":"spec.nodeName"}}}]"""),
                    ["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = "app", ["mountPath"] = "/app" }),
                }),
            },
        };
    }

    private async Task<SimulatedBoard> StartBoardForPodsAsync()
    {
        string name = NewName();
        (await Cluster.KubectlAsync("apply", "--filename", Repository.PathOf("deploy/cluster/runtimeclass.yaml"))).MustSucceed();
        await EnrollAsync(name, "--serving-names", "127.0.0.1");
        JsonObject settings = ReadSettings();
        settings["pods"] = JsonNode.Parse("""{"max":2,"pins":[2]}""");
        File.WriteAllText(Path.Combine(Output, Settings), settings.ToJsonString());
        SimulatedBoard board = StartEnrolled(name);
        await WaitUntilSteadyAsync(board);
        return board;
    }

    private async Task<string> CreatePodAsync(SimulatedBoard board, string program, string restartPolicy, params (string Resource, string Quantity)[] limits)
    {
        string configMap = $"{board.Name}-{Guid.NewGuid():N}"[..40].TrimEnd('-');
        await Cluster.CreateAsync(ConfigMaps, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = configMap },
            ["binaryData"] = new JsonObject { ["program.wasm"] = program },
        });
        JsonObject pod = PodOf(board, configMap, restartPolicy);
        JsonObject resources = [];
        foreach ((string resource, string quantity) in limits)
        {
            resources[resource] = quantity;
        }

        pod["spec"]!["containers"]![0]!["resources"] = new JsonObject { ["limits"] = resources };
        return await CreateAsync(pod);
    }

    private async Task<string> CreateAsync(JsonObject pod)
    {
        return (await Cluster.CreateAsync(Pods, pod))["metadata"]!["name"]!.GetValue<string>();
    }

    private async Task<ProgramResult> KubectlAsync(params string[] arguments)
    {
        return (await Cluster.KubectlAsync([.. arguments, "--namespace", "default"])).MustSucceed();
    }

    private Task<JsonNode> WaitForPhaseAsync(string pod, string phase)
    {
        return Eventually.GetAsync(PodTime, async () =>
        {
            JsonNode found = await Cluster.GetAsync($"{Pods}/{pod}");
            Assert.AreEqual(phase, found["status"]!["phase"]!.GetValue<string>(), found["status"]!.ToJsonString());
            return found;
        });
    }
}
