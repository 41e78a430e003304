using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Tests.Programs;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>What schedulers and controllers make of boards: pods that find their places, and are rolled out.</summary>
public abstract partial class WorkloadTests : ClusterTests
{
    private protected WorkloadTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    private protected PodSpace Pods { get; private set; } = null!;

    [TestInitialize]
    public async Task MakeNamespaceAsync()
    {
        KubectlProgram.Require();
        Pods = await PodSpace.CreateAsync(Cluster);
    }

    [TestCleanup]
    public Task DeleteNamespaceAsync()
    {
        return Pods.DeleteAsync();
    }

    [TestMethod]
    public async Task ASecondPodForATakenPinWaitsForIt()
    {
        await StartBoardAsync(Pods);
        await Pods.RunAsync("first", TestPrograms.Polite, holdsPin: true);
        await Pods.WaitForPhaseAsync("first", "Running");

        await Pods.RunAsync("second", TestPrograms.Polite, holdsPin: true);

        await Eventually.HoldsAsync(PodSpace.Long, async () =>
            StringAssert.Matches(await Pods.KubectlAsync("describe", "pod", "second"), new(@"Warning +FailedScheduling .* Insufficient picokubelet\.io/gpio-2")));
        Assert.AreEqual("Pending", (await Pods.WaitForPhaseAsync("second", "Pending")).Text("status", "phase"));
        await Pods.DeleteAsync("pod", "first");
        await Pods.WaitForPhaseAsync("second", "Running");
    }

    [TestMethod]
    public async Task ADeploymentIsRolledOutOverThreeBoards()
    {
        SimulatedBoard[] boards = await StartBoardsAsync(3);
        await Pods.AddProgramAsync("one", TestPrograms.Polite);
        await Pods.AddProgramAsync("two", TestPrograms.Blink);
        await ApplyDeploymentAsync("one", 3);
        await Pods.WaitForRolloutAsync("deployment/main");
        await MustBeOnAsync(boards, "one");

        await ApplyDeploymentAsync("two", 3);
        await Pods.WaitForRolloutAsync("deployment/main");

        await Eventually.HoldsAsync(PodSpace.Long, () => MustBeOnAsync(boards, "two"));
        foreach (SimulatedBoard board in boards)
        {
            await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsTrue(board.IsPinHigh(2)));
        }

        await Pods.KubectlAsync("delete", "deployment", "main");
        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsTrue(boards.All(board => board.Pods.Count == 0)));
        Assert.IsEmpty(await Pods.PodsAsync());
    }

    [TestMethod]
    public async Task ADaemonSetIsOnFiveBoardsAndOnOneThatIsAdded()
    {
        List<SimulatedBoard> boards = [.. await StartBoardsAsync(5)];
        await Pods.AddProgramAsync("polite", TestPrograms.Polite);
        JsonObject spec = Pods.Spec("polite");
        await ApplyDaemonSetAsync(spec);
        await Eventually.HoldsAsync(PodSpace.Long, async () =>
            Assert.AreEqual("1 0", await Pods.KubectlAsync("get", "daemonset", "main", "--output", "jsonpath={.status.observedGeneration} {.status.desiredNumberScheduled}")));

        // What the RuntimeClass tolerates helps pods alone, not the choice of nodes.
        spec["tolerations"] = JsonNode.Parse("""[{"key":"picokubelet.io/microcontroller","operator":"Exists","effect":"NoSchedule"}]""");
        await ApplyDaemonSetAsync(spec);
        await MustBeReadyOnAsync(boards);

        boards.Add(await StartBoardAsync(Pods));

        await MustBeReadyOnAsync(boards);
        await MustBeOnAsync(boards, "polite");
    }

    [TestMethod]
    public async Task AJobSucceedsOrFailsByItsExitCode()
    {
        await StartBoardAsync(Pods);
        await Pods.AddProgramAsync("hello", TestPrograms.Hello);
        await Pods.AddProgramAsync("fail", TestPrograms.Fail);
        await ApplyJobAsync("hello");
        await ApplyJobAsync("fail");

        await WaitForJobAsync("hello", "1/1", "Complete");
        await WaitForJobAsync("fail", "0/1", "Failed: BackoffLimitExceeded");

        JsonNode failed = (await Pods.PodsAsync()).Single(pod => pod.Label("job-name") == "fail");
        Assert.AreEqual("Failed", failed.Text("status", "phase"));
        Assert.AreEqual(3, PodSpace.StateOf(failed)["terminated"]!["exitCode"]!.GetValue<int>());
    }

    [TestMethod]
    public async Task ADrainedBoardsPodsGoElsewhere()
    {
        SimulatedBoard[] boards = await StartBoardsAsync(2);
        await Pods.AddProgramAsync("polite", TestPrograms.Polite);
        await ApplyDeploymentAsync("polite", 1);
        await Pods.WaitForRolloutAsync("deployment/main");
        string drained = (await Pods.PodsAsync()).Single().Text("spec", "nodeName")!;
        string other = boards.Single(board => board.Name != drained).Name;

        await Pods.KubectlAsync("drain", drained, "--timeout=25s");

        await Eventually.HoldsAsync(PodSpace.Long, async () =>
        {
            JsonNode pod = (await Pods.PodsAsync()).Single();
            Assert.AreEqual(other, pod.Text("spec", "nodeName"));
            Assert.AreEqual("True", PodSpace.ReadyOf(pod));
        });
        Assert.IsEmpty(boards.Single(board => board.Name == drained).Pods);
        StringAssert.Contains(await Pods.KubectlAsync("get", "node", drained), "Ready,SchedulingDisabled");
    }

    private protected Task<SimulatedBoard[]> StartBoardsAsync(int count)
    {
        return Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartBoardAsync(Pods)));
    }

    private protected Task ApplyDeploymentAsync(string program, int replicas)
    {
        return Pods.ApplyAsync("apps/v1", "Deployment", "main", new JsonObject
        {
            ["replicas"] = replicas,
            ["strategy"] = JsonNode.Parse("""{"rollingUpdate":{"maxUnavailable":1,"maxSurge":0}}"""),
            ["selector"] = PodSpace.Selector(),
            ["template"] = PodSpace.Template(Pods.Spec(program, holdsPin: true)),
        });
    }

    private Task ApplyDaemonSetAsync(JsonObject spec)
    {
        return Pods.ApplyAsync("apps/v1", "DaemonSet", "main", new JsonObject { ["selector"] = PodSpace.Selector(), ["template"] = PodSpace.Template((JsonObject)spec.DeepClone()) });
    }

    private Task ApplyJobAsync(string program)
    {
        return Pods.ApplyAsync("batch/v1", "Job", program, new JsonObject
        {
            ["backoffLimit"] = 0,
            ["template"] = PodSpace.Template(Pods.Spec(program, "Never")),
        });
    }

    private Task WaitForJobAsync(string name, string completions, string condition)
    {
        return Eventually.HoldsAsync(PodSpace.Long, async () =>
        {
            const string Columns = "{range .status.conditions[?(@.status=='True')]}{.type}: {.reason}\n{end}";
            StringAssert.Matches(await Pods.KubectlAsync("get", "job", name, "--output", "jsonpath=" + Columns), new($"^{condition}", System.Text.RegularExpressions.RegexOptions.Multiline));
            StringAssert.Contains(await Pods.KubectlAsync("get", "job", name), $" {completions} ");
        });
    }

    private Task MustBeReadyOnAsync(IReadOnlyCollection<SimulatedBoard> boards)
    {
        return Eventually.HoldsAsync(PodSpace.Long, async () =>
        {
            string numbers = await Pods.KubectlAsync("get", "daemonset", "main", "--output", "jsonpath={.status.desiredNumberScheduled} {.status.numberReady} {.status.numberMisscheduled}");
            Assert.AreEqual($"{boards.Count} {boards.Count} 0", numbers);
        });
    }

    // One pod a board, and each runs the program.
    private async Task MustBeOnAsync(IReadOnlyCollection<SimulatedBoard> boards, string program)
    {
        IReadOnlyList<JsonNode> pods = await Pods.PodsAsync();
        CollectionAssert.AreEquivalent(boards.Select(board => board.Name).ToArray(), pods.Select(pod => pod.Text("spec", "nodeName")).ToArray());
        foreach (JsonNode pod in pods)
        {
            Assert.AreEqual(program, pod["spec"]!["volumes"]![0]!.Text("configMap", "name"));
        }
    }
}
