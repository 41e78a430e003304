using System.Net.Sockets;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Tests.Programs;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>Pods on a board that the cluster knows by its certificate, as whoever has kubectl sees them.</summary>
public abstract partial class PodTests : EnrolledPodTests
{
    private protected PodTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task BlinkRunsMovesItsPinAndIsDeleted()
    {
        SimulatedBoard board = await StartBoardForPodsAsync();
        await Pods.AddProgramAsync("blink", TestPrograms.Blink);
        await Pods.ApplyAsync("v1", "Pod", "blink", Pods.Spec("blink", holdsPin: true));

        JsonNode running = await Pods.WaitForPhaseAsync("blink", "Running");
        await MustBlinkAsync(board);
        Assert.AreEqual("True", PodSpace.ReadyOf(running));
        string wide = await Pods.KubectlAsync("get", "pods", "--output", "wide", "--no-headers");
        StringAssert.Matches(wide, new($"^blink +1/1 +Running +0 +\\S+ +127.0.0.1 +{board.Name} "));
        string described = await Pods.KubectlAsync("describe", "pod", "blink");
        StringAssert.Contains(described, $"to {board.Name}");
        StringAssert.Contains(described, "Started container main");

        await Pods.DeleteAsync("pod", "blink");

        Assert.IsNull(await Pods.FindPodAsync("blink"));
        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsEmpty(board.Pods));
        Assert.IsFalse(board.IsPinHigh(2));
    }

    [TestMethod]
    public async Task LogsAreWhatTheProgramWrote()
    {
        SimulatedBoard board = await StartBoardForPodsAsync();
        await Pods.RunAsync("hello", TestPrograms.Hello, "Never");
        JsonNode ended = await Pods.WaitForPhaseAsync("hello", "Succeeded");

        string all = await Pods.KubectlAsync("logs", "hello");
        string tail = await Pods.KubectlAsync("logs", "hello", "--tail=1");
        string stamped = await Pods.KubectlAsync("logs", "hello", "--timestamps", "--limit-bytes=20");
        ProgramResult previous = await Pods.TryKubectlAsync("logs", "hello", "--previous");

        StringAssert.StartsWith(all, $"hello\nNODE={board.Name}");
        StringAssert.StartsWith(tail, $"NODE={board.Name}");
        StringAssert.Matches(stamped, new("^20..-..-..T..:..:"));
        StringAssert.Contains(previous.Error, "previous terminated container");
        Assert.AreEqual("Completed", PodSpace.StateOf(ended).Text("terminated", "reason"));
    }

    [TestMethod]
    public async Task AFollowedLogEndsWithTheProgramThatHearsItsEnd()
    {
        await StartBoardForPodsAsync();
        await Pods.RunAsync("polite", TestPrograms.Polite);
        await Pods.WaitForPhaseAsync("polite", "Running");

        await using RunningProgram followed = Pods.StartKubectl("logs", "polite", "--follow");
        await followed.WaitForAsync(new("hi"), PodSpace.Long);
        await Pods.DeleteAsync("pod", "polite");

        Assert.AreEqual(0, await followed.WaitForExitAsync(PodSpace.Long), followed.Output);
        StringAssert.StartsWith(followed.Output, "hi\nbye\n");
    }

    [TestMethod]
    public async Task ACrashIsStartedAgainAfterAWaitAndTheFirstLogStays()
    {
        await StartBoardForPodsAsync();
        await Pods.RunAsync("fail", TestPrograms.Fail);

        JsonNode crashing = await Pods.WaitForAsync("fail", pod => Assert.AreEqual("CrashLoopBackOff", PodSpace.StateOf(pod).Text("waiting", "reason")));

        JsonNode status = crashing["status"]!["containerStatuses"]![0]!;
        Assert.AreEqual(1, PodSpace.RestartsOf(crashing));
        Assert.AreEqual(3, status["lastState"]!["terminated"]!["exitCode"]!.GetValue<int>());
        await Pods.KubectlAsync("logs", "fail", "--previous");
        await Pods.DeleteAsync("pod", "fail");
    }

    [TestMethod]
    public async Task WhatGoesWrongIsSaidInTheKubeletsWords()
    {
        SimulatedBoard board = await StartBoardAsync(Pods);
        await WaitUntilReadyAsync(board);

        await Pods.RunAsync("greedy", TestPrograms.Greedy, "Never");
        Assert.AreEqual("OOMKilled", PodSpace.StateOf(await Pods.WaitForPhaseAsync("greedy", "Failed")).Text("terminated", "reason"));

        JsonObject foreign = Pods.Spec("nothing", "Never");
        foreign.Remove("runtimeClassName");
        foreign["nodeName"] = board.Name;
        await Pods.ApplyAsync("v1", "Pod", "foreign", foreign);
        Assert.AreEqual("UnsupportedRuntime", (await Pods.WaitForPhaseAsync("foreign", "Failed")).Text("status", "reason"));

        JsonObject probed = Pods.Spec("nothing", "Never");
        probed["containers"]![0]!["livenessProbe"] = JsonNode.Parse("""{"httpGet":{"path":"/","port":80}}""");
        await Pods.ApplyAsync("v1", "Pod", "probed", probed);
        string? message = (await Pods.WaitForPhaseAsync("probed", "Failed")).Text("status", "message");
        StringAssert.StartsWith(message, "spec.containers[0].livenessProbe.httpGet: ");

        await Pods.ApplyAsync("v1", "Pod", "waiting", Pods.Spec("nothing"));
        await Pods.WaitForAsync("waiting", pod =>
        {
            Assert.AreEqual("CreateContainerConfigError", PodSpace.StateOf(pod).Text("waiting", "reason"));
            Assert.AreEqual("configmap \"nothing\" not found", PodSpace.StateOf(pod).Text("waiting", "message"));
        });

        // A lock-up is deleted within its grace, and a pod that never ran too.
        await Pods.DeleteAsync("pod", "waiting");
        await Pods.RunAsync("spin", TestPrograms.Spin);
        await Pods.WaitForPhaseAsync("spin", "Running");
        await Pods.DeleteAsync("pod", "spin");
    }

    [TestMethod]
    public async Task APodRunsAgainAfterAPowerCut()
    {
        SimulatedBoard board = await StartBoardAsync(Pods);
        await Pods.RunAsync("blink", TestPrograms.Blink, holdsPin: true);
        string uid = (await Pods.WaitForPhaseAsync("blink", "Running")).Uid();

        board.Stop();
        board.Start();

        JsonNode found = await Pods.WaitForAsync("blink", pod =>
        {
            Assert.AreEqual(1, PodSpace.RestartsOf(pod));
            Assert.IsNotNull(PodSpace.StateOf(pod)["running"]);
        });
        Assert.AreEqual(uid, found.Uid());
        await MustBlinkAsync(board);
    }

    [TestMethod]
    public async Task AProgramThatConsentsGoesOnAfterARebootThatWasAskedForAndNotAfterAPowerCut()
    {
        string name = NewName();
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);
        await Cluster.Identities.GrantPodsAsync(name, Pods.Name);
        SimulatedBoard board = StartBoard(
            name,
            token,
            Cluster.Url,
            Cluster.CaPem,
            labels: Pods.BoardLabels,
            settingsJson: PodSpace.BoardSettings,
            kubeletToken: KubeletClient.Token,
            board: "pico-2-w");
        await Pods.RunAsync("counts", TestPrograms.Counter, holdsPin: true);
        await Pods.RunAsync("forgets", TestPrograms.WithoutConsent(TestPrograms.Counter));
        string uid = (await Pods.WaitForPhaseAsync("counts", "Running")).Uid();
        await Pods.WaitForPhaseAsync("forgets", "Running");
        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsTrue(board.HasFile("pod-0.cache") && board.HasFile("pod-1.cache")));
        await Eventually.HoldsAsync(PodSpace.Long, async () => StringAssert.Contains(await LogAsync(board, "counts"), "n=12\n"));
        await Eventually.HoldsAsync(PodSpace.Long, async () => StringAssert.Contains(await LogAsync(board, "forgets"), "n=12\n"));

        StringAssert.StartsWith(await KubeletClient.CommandAsync(board, "{\"command\":\"reboot\"}"), "HTTP/1.1 202 ");

        int first = 0;
        JsonNode counts = await Pods.WaitForAsync("counts", pod => Assert.AreEqual(1, PodSpace.RestartsOf(pod)));
        await Eventually.HoldsAsync(PodSpace.Long, async () => Assert.IsTrue(int.TryParse(FirstOf(await LogAsync(board, "counts")), out first)));
        Assert.IsGreaterThan(12, first);
        Assert.AreEqual(uid, counts.Uid());
        Assert.IsTrue(board.IsPinHigh(2));
        await Eventually.HoldsAsync(PodSpace.Long, async () => Assert.AreEqual("1", FirstOf(await LogAsync(board, "forgets"))));

        board.Stop();
        board.Start();

        await Eventually.HoldsAsync(PodSpace.Long, async () => Assert.AreEqual("1", FirstOf(await LogAsync(board, "counts"))));
        Assert.AreEqual(uid, (await Pods.WaitForPhaseAsync("counts", "Running")).Uid());
    }

    [TestMethod]
    public async Task APodRunsAgainBeforeThereIsANetwork()
    {
        SimulatedBoard board = await StartBoardAsync(Pods);
        await Pods.RunAsync("blink", TestPrograms.Blink, holdsPin: true);
        await Pods.WaitForPhaseAsync("blink", "Running");
        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsTrue(board.HasFile("pod-0.cache")));
        board.Stop();
        board.LoseWifi();
        long began = Environment.TickCount64;

        board.Start();

        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsNotEmpty(board.Pods));
        TestContext.WriteLine($"a pod {Environment.TickCount64 - began} ms after the start");
        await MustBlinkAsync(board);
        board.RestoreWifi();
        await Pods.WaitForAsync("blink", pod =>
        {
            Assert.AreEqual(1, PodSpace.RestartsOf(pod));
            Assert.AreEqual("True", PodSpace.ReadyOf(pod));
        });

        // What was deleted while it was off ends once the cluster says so.
        board.Stop();
        await Pods.KubectlAsync("delete", "pod", "blink", "--force", "--grace-period=0");
        board.Start();
        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsFalse(board.HasFile("pod-0.cache")));
        Assert.IsEmpty(board.Pods);
    }

    [TestMethod]
    public async Task AProgramRunsOnWhileItsBoardIsCutOffAndEndsWhereItsPodWasGivenUpMeanwhile()
    {
        // Where no node at all is Ready, the node controller blames its own network and takes nobody's pods: one more has to stay.
        await WaitUntilReadyAsync(await StartBoardAsync());
        SimulatedBoard board = await StartBoardAsync(Pods);
        await Pods.RunAsync("stays", TestPrograms.Blink, holdsPin: true);
        await Pods.AddProgramAsync("goes", TestPrograms.Polite);
        JsonObject impatient = Pods.Spec("goes");
        impatient["tolerations"] = JsonNode.Parse("""[{"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":1}]""");
        await Pods.ApplyAsync("v1", "Pod", "goes", impatient);
        await Pods.WaitForPhaseAsync("goes", "Running");
        string uid = (await Pods.WaitForPhaseAsync("stays", "Running")).Uid();

        board.LoseWifi();
        await Pods.WaitForAsync("goes", pod => Assert.IsNotNull(pod["metadata"]!["deletionTimestamp"]));
        await Pods.WaitForAsync("stays", pod => Assert.AreEqual("False", PodSpace.ReadyOf(pod)));
        await MustBlinkAsync(board);
        Assert.HasCount(2, board.Pods);
        board.RestoreWifi();

        await Eventually.HoldsAsync(PodSpace.Long, async () => Assert.IsNull(await Pods.FindPodAsync("goes")));
        JsonNode stayed = await Pods.WaitForPhaseAsync("stays", "Running");
        Assert.AreEqual(uid, stayed.Uid());
        Assert.AreEqual(0, PodSpace.RestartsOf(stayed));
        await MustBlinkAsync(board);
    }

    private async Task<string> LogAsync(SimulatedBoard board, string pod)
    {
        try
        {
            return await KubeletClient.GetBodyAsync(board, $"/containerLogs/{Pods.Name}/{pod}/main");
        }
        catch (SocketException)
        {
            // The board starts.
            return "";
        }
    }

    /// <summary>Gets the number of a counter's first line that is whole.</summary>
    private static string FirstOf(string log) => log.Contains('\n') ? log[(log.IndexOf('=') + 1)..log.IndexOf('\n')] : "";

    private static async Task MustBlinkAsync(SimulatedBoard board)
    {
        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsTrue(board.IsPinHigh(2)));
        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsFalse(board.IsPinHigh(2)));
    }
}
