using nanoFramework.TestFramework;
using PicoKubelet.Pods;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Pods;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.Tests.Probes;

/// <summary>Pods whose program is probed; its cells tell how it is.</summary>
[TestClass]
public class ProbedPodTests
{
    // The cells of probed.wat.
    private const int Alive = 0;
    private const int Ready = 1;
    private const int Up = 2;
    private const int Waits = 3;
    private const int Looks = 4;

    private const string Often = ",\"periodSeconds\":1,\"failureThreshold\":2";

    [TestMethod]
    public void Readiness_TurnsThePodReadyAndBack()
    {
        PodHarness pods = new PodHarness();
        pods.Context.Cells[Ready] = 1;
        pods.Run(PodText.Of(With("readinessProbe", "ready", Often)), TestPrograms.Probed);
        Assert.AreEqual("Running", pods.Pod.Phase);
        Assert.IsFalse(pods.Pod.IsReady);
        Assert.IsTrue(pods.Container.IsStarted);

        pods.Context.Cells[Ready] = 0;
        pods.Pass(1000);
        Assert.IsTrue(pods.Pod.IsReady);

        pods.Context.Cells[Ready] = 1;
        pods.Pass(1000);
        Assert.IsTrue(pods.Pod.IsReady);
        pods.Pass(1000);
        Assert.IsFalse(pods.Pod.IsReady);
        Assert.AreEqual(0, pods.Container.RestartCount);
        Assert.AreEqual("hi\n", PodHarness.TextOf(pods.Container.Log));
    }

    [TestMethod]
    public void Liveness_RestartsThePod_WithTheKubeletsWords()
    {
        PodHarness pods = new PodHarness(Replies.Ok("{}"), Replies.Ok("{}"), Replies.Ok("{}"), Replies.Ok("{}"));
        pods.Run(PodText.Of(With("livenessProbe", "alive", Often)), TestPrograms.Probed);
        Assert.IsTrue(pods.Pod.IsReady);
        pods.Pass(10000);
        Assert.AreEqual(0, pods.Container.RestartCount);

        pods.Context.Cells[Alive] = 3;
        pods.Pass(1000);
        Assert.AreEqual(0, pods.Container.RestartCount);
        pods.Context.Cells[Alive] = 3;
        pods.Pass(1000);

        Assert.AreEqual(1, pods.Container.RestartCount);
        Assert.AreEqual("Running", pods.Pod.Phase);
        Assert.AreEqual(0, pods.Container.LastState.ExitCode);
        Assert.AreEqual("hi\nbye\n", PodHarness.TextOf(pods.Container.PreviousLog));
        SendEvents(pods);
        Assert.Contains("\"reason\":\"Unhealthy\",\"message\":\"Liveness probe failed: alive returned 3\"", pods.Connection.Sent);
        Assert.Contains("\"reason\":\"Killing\",\"message\":\"Container main failed liveness probe, will be restarted\"", pods.Connection.Sent);
    }

    [TestMethod]
    public void Liveness_OfAPodThatIsNotStartedAgain_EndsIt()
    {
        PodHarness pods = new PodHarness();
        pods.Context.Cells[Alive] = 1;
        pods.Run(PodText.Of(With("livenessProbe", "alive", Often), ",\"restartPolicy\":\"Never\""), TestPrograms.Probed);
        pods.Pass(1000);
        pods.Pass(1000);

        Assert.IsTrue(pods.Pod.IsOver);
        Assert.AreEqual(0, pods.Container.RestartCount);
    }

    [TestMethod]
    public void Liveness_RestartsOnFailure_WhateverTheProgramEndsWith()
    {
        PodHarness pods = new PodHarness();
        pods.Context.Cells[Alive] = 1;
        pods.Run(PodText.Of(With("livenessProbe", "alive", Often), ",\"restartPolicy\":\"OnFailure\""), TestPrograms.Probed);
        pods.Pass(1000);
        pods.Pass(1000);

        Assert.AreEqual(1, pods.Container.RestartCount);
        Assert.AreEqual(0, pods.Container.LastState.ExitCode);
    }

    [TestMethod]
    public void Startup_HoldsTheOthersBack()
    {
        PodHarness pods = new PodHarness();
        pods.Context.Cells[Up] = 1;
        pods.Run(PodText.Of(PodText.ContainerWith(Probe("startupProbe", "up", ",\"periodSeconds\":1,\"failureThreshold\":30") + Probe("livenessProbe", "alive", Often))), TestPrograms.Probed);
        pods.Pass(5000);
        Assert.IsFalse(pods.Container.IsStarted);
        Assert.IsFalse(pods.Pod.IsReady);
        Assert.AreEqual(0, (int)pods.Context.Cells[Looks]);

        pods.Context.Cells[Up] = 0;
        pods.Pass(1000);

        Assert.IsTrue(pods.Container.IsStarted);
        Assert.IsTrue(pods.Pod.IsReady);
        Assert.AreEqual(1, (int)pods.Context.Cells[Looks]);
        pods.Context.Cells[Up] = 1;
        pods.Pass(5000);
        Assert.IsTrue(pods.Container.IsStarted);
    }

    [TestMethod]
    public void Startup_ThatIsGivenUp_RestartsThePod()
    {
        PodHarness pods = new PodHarness();
        pods.Context.Cells[Up] = 1;
        pods.Run(PodText.Of(With("startupProbe", "up", Often)), TestPrograms.Probed);
        pods.Pass(1000);

        Assert.AreEqual(1, pods.Container.RestartCount);
    }

    [TestMethod]
    public void Probe_ThatTrapsHangsOrOverflows_HasFailed_AndTheProgramGoesOn()
    {
        Fails("traps", 0, "traps: unreachable");
        Fails("deep", 0, "deep: call stack exhausted");
        Fails("hangs", 1000, "command timed out: \\\"hangs\\\" timed out after 1s");
    }

    [TestMethod]
    public void Probe_ThatHangs_IsTakenAway_AndOthersHaveTheirTurn()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(PodText.ContainerWith(Probe("readinessProbe", "hangs", ",\"periodSeconds\":60") + Probe("livenessProbe", "alive", ",\"periodSeconds\":10"))), TestPrograms.Probed);
        pods.Step(10);
        int looks = (int)pods.Context.Cells[Looks];
        pods.Pass(1000);
        pods.Pass(10000);

        Assert.IsTrue(pods.Context.Cells[Looks] > looks);
        Assert.AreEqual(0, pods.Container.RestartCount);
    }

    [TestMethod]
    public void Probe_MaySleep_WithinItsTimeout()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(With("readinessProbe", "rests", Often)), TestPrograms.Probed);
        Assert.IsFalse(pods.Pod.IsReady);
        pods.Pass(300);
        Assert.IsFalse(pods.Pod.IsReady);
        pods.Pass(100);

        Assert.IsTrue(pods.Pod.IsReady);
    }

    [TestMethod]
    public void Program_ThatDoesNotWait_IsProbedAtItsNextCallOfTheBoard()
    {
        PodHarness pods = new PodHarness();
        pods.Context.Cells[Waits] = 2;
        pods.Run(PodText.Of(With("readinessProbe", "ready", Often)), TestPrograms.Probed);
        pods.Step(10);

        Assert.IsTrue(pods.Pod.IsReady);
    }

    [TestMethod]
    public void Program_ThatIsStuck_FailsItsProbe_AndIsRestarted()
    {
        PodHarness pods = new PodHarness();
        pods.Context.Cells[Waits] = 1;
        pods.Run(PodText.Of(With("livenessProbe", "alive", Often)), TestPrograms.Probed);
        pods.Pass(1000);
        pods.Pass(1000);
        Assert.AreEqual(0, pods.Container.RestartCount);

        // It can hear that it is to end, and does not.
        pods.Pass(30 * 1000);

        Assert.AreEqual(1, pods.Container.RestartCount);
        Assert.AreEqual(137, pods.Container.LastState.ExitCode);
        Assert.AreEqual(0, (int)pods.Context.Cells[Looks]);
    }

    [TestMethod]
    public void Grace_IsTheProbesOwn()
    {
        PodHarness pods = new PodHarness();
        pods.Context.Cells[Waits] = 1;
        pods.Run(PodText.Of(With("livenessProbe", "alive", ",\"periodSeconds\":1,\"failureThreshold\":1,\"terminationGracePeriodSeconds\":2")), TestPrograms.Probed);
        pods.Pass(1000);
        pods.Pass(1900);
        Assert.AreEqual(0, pods.Container.RestartCount);
        pods.Pass(200);

        Assert.AreEqual(1, pods.Container.RestartCount);
    }

    [TestMethod]
    public void Function_ThatIsNotThere_IsAClearFailure()
    {
        Misses("nothing");
        Misses("takes");
        Misses("gives");
    }

    [TestMethod]
    public void DeletedPod_IsNotProbed()
    {
        PodHarness pods = new PodHarness();
        pods.Context.Cells[Waits] = 1;
        pods.Run(PodText.Of(With("livenessProbe", "alive", Often)), TestPrograms.Probed);
        pods.Apply(PodText.Deleted(20));
        pods.Pass(10000);
        pods.Pass(10000);

        Assert.IsTrue(pods.Pod.IsOver);
        Assert.AreEqual(0, pods.Container.RestartCount);
        Assert.DoesNotContains("Unhealthy", SendEvents(pods));
    }

    [TestMethod]
    public void Status_TellsStartedAndReady_OfEachContainer()
    {
        PodHarness pods = new PodHarness(Replies.Ok("{}"));
        pods.Context.Cells[Ready] = 1;
        pods.Run(PodText.Of(With("readinessProbe", "ready", Often) + "," + PodText.Swap(PodText.Container, "\"main\"", "\"other\"")), TestPrograms.Probed);
        pods.Duty.Do();

        Assert.Contains("\"ready\":false,\"started\":true,", pods.Connection.Sent);
        Assert.Contains("\"ready\":true,\"started\":true,", pods.Connection.Sent);
        Assert.Contains("{\"type\":\"ContainersReady\",\"status\":\"False\"", pods.Connection.Sent);
        Assert.Contains("{\"type\":\"Ready\",\"status\":\"False\"", pods.Connection.Sent);
    }

    private static void Fails(string function, int after, string message)
    {
        PodHarness pods = new PodHarness(Replies.Ok("{}"), Replies.Ok("{}"), Replies.Ok("{}"));
        pods.Run(PodText.Of(With("readinessProbe", function, Often)), TestPrograms.Probed);
        pods.Step(10);
        pods.Pass(after);
        Assert.Contains("\"reason\":\"Unhealthy\",\"message\":\"Readiness probe failed: " + message, SendEvents(pods));

        // What it did to the stack pointer would end the program.
        pods.Pass(60 * 1000);
        Assert.AreEqual("Running", pods.Pod.Phase, function);
        Assert.IsTrue(pods.Container.State.Phase == ContainerPhase.Running, function);
    }

    private static void Misses(string function)
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(With("livenessProbe", function, Often), ",\"restartPolicy\":\"Never\""), TestPrograms.Probed);

        Assert.AreEqual("Failed", pods.Pod.Phase);
        Assert.AreEqual("StartError", pods.Container.State.Reason);
        Assert.AreEqual("the program exports no function " + function + " without parameters and with a result of type i32, which a probe calls", pods.Container.State.Message);
    }

    private static string SendEvents(PodHarness pods)
    {
        for (int i = 0; i < 4 && pods.Events.HasPending; i++)
        {
            pods.Events.Send();
        }

        return pods.Connection.Sent;
    }

    private static string With(string probe, string function, string fields)
    {
        return PodText.ContainerWith(Probe(probe, function, fields));
    }

    private static string Probe(string probe, string function, string fields)
    {
        return ",\"" + probe + "\":{\"exec\":{\"command\":[\"" + function + "\"]}" + fields + "}";
    }
}
