using nanoFramework.TestFramework;
using PicoKubelet.Pods;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.Tests.Pods;

[TestClass]
public class PodLifecycleTests
{
    private const string Never = ",\"restartPolicy\":\"Never\"";

    [TestMethod]
    public void Blink_Runs_IsReady_AndMovesItsPin()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(PodText.ContainerLimited("\"picokubelet.io/gpio-2\":\"1\"")), TestPrograms.Blink);

        Assert.AreEqual("Running", pods.Pod.Phase);
        Assert.IsTrue(pods.Pod.IsReady);
        Assert.AreEqual(2, pods.Pins.LastPin);
        Assert.IsTrue(pods.Pins.LastLevel);
        pods.Pass(500);
        Assert.IsFalse(pods.Pins.LastLevel);
    }

    [TestMethod]
    public void Hello_Completes_AndItsLogStays()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(spec: Never), TestPrograms.Hello);

        Assert.AreEqual("Succeeded", pods.Pod.Phase);
        Assert.IsTrue(pods.Pod.IsOver);
        Assert.AreEqual("Completed", pods.Container.State.Reason);
        Assert.IsTrue(PodHarness.TextOf(pods.Container.Log).StartsWith("hello\nA=b"));
    }

    [TestMethod]
    public void Failure_ThatIsNotStartedAgain_FailsThePod()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(spec: Never), TestPrograms.Fail);

        Assert.AreEqual("Failed", pods.Pod.Phase);
        Assert.AreEqual(3, pods.Container.State.ExitCode);
        Assert.AreEqual("Error", pods.Container.State.Reason);
    }

    [TestMethod]
    public void AStartFunction_RunsBeforeTheEntryPoint()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(spec: Never), TestPrograms.Starting);
        Assert.AreEqual("Running", pods.Pod.Phase);

        pods.Pass(10);
        pods.Step(2);

        Assert.AreEqual("Failed", pods.Pod.Phase);
        Assert.AreEqual(7, pods.Container.State.ExitCode);
    }

    [TestMethod]
    public void Crashes_AreStartedAgain_AtOnceAndThenMoreAndMoreSlowly()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(), TestPrograms.Fail);
        pods.Step(4);

        Assert.AreEqual("CrashLoopBackOff", pods.Container.State.Reason);
        Assert.AreEqual("back-off 10s restarting failed container=main", pods.Container.State.Message);
        Assert.AreEqual("Running", pods.Pod.Phase);
        Assert.IsFalse(pods.Pod.IsReady);
        Assert.AreEqual(1, pods.Container.RestartCount);
        pods.Pass(9000);
        Assert.AreEqual(1, pods.Container.RestartCount);
        pods.Pass(1000);
        Assert.AreEqual(2, pods.Container.RestartCount);
        Assert.AreEqual("back-off 20s restarting failed container=main", pods.Container.State.Message);
        Assert.AreEqual(3, pods.Container.LastState.ExitCode);
    }

    [TestMethod]
    public void Success_IsNoReasonToStartAgain_OnFailure()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(spec: ",\"restartPolicy\":\"OnFailure\""), TestPrograms.Hello);

        Assert.AreEqual("Succeeded", pods.Pod.Phase);
    }

    [TestMethod]
    public void TooMuchMemory_IsOomKilled()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(spec: Never), TestPrograms.Greedy);
        pods.Step(10);

        Assert.AreEqual("OOMKilled", pods.Container.State.Reason);
        Assert.AreEqual(137, pods.Container.State.ExitCode);
    }

    [TestMethod]
    public void Trap_IsAnErrorThatItsLogExplains()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(spec: Never), TestPrograms.Trap);

        Assert.AreEqual(134, pods.Container.State.ExitCode);
        Assert.IsTrue(PodHarness.TextOf(pods.Container.Log).StartsWith("unreachable"));
    }

    [TestMethod]
    public void DeletedProgram_ThatCanNotHearIt_IsEndedAtOnce()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(), TestPrograms.Spin);

        pods.Apply(PodText.Deleted(30));
        pods.Step(2);

        Assert.IsTrue(pods.Pod.IsOver);
        Assert.AreEqual(143, pods.Container.State.ExitCode);
    }

    [TestMethod]
    public void DeletedProgram_ThatHearsIt_EndsItself()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(), TestPrograms.Polite);

        pods.Apply(PodText.Deleted(30));
        pods.Step(4);

        Assert.IsTrue(pods.Pod.IsOver);
        Assert.AreEqual(0, pods.Container.State.ExitCode);
        Assert.AreEqual("hi\nbye\n", PodHarness.TextOf(pods.Container.Log));
    }

    [TestMethod]
    public void DeletedProgram_ThatDoesNotCare_IsKilledAfterItsGrace()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(), TestPrograms.Stubborn);

        pods.Apply(PodText.Deleted(10));
        pods.Pass(9000);
        Assert.IsFalse(pods.Pod.IsOver);
        pods.Pass(1000);
        Assert.IsTrue(pods.Pod.IsOver);
        Assert.AreEqual(137, pods.Container.State.ExitCode);
    }

    [TestMethod]
    public void Deadline_EndsThePod()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(spec: ",\"activeDeadlineSeconds\":60"), TestPrograms.Spin);
        pods.Pass(59 * 1000);
        Assert.AreEqual("Running", pods.Pod.Phase);

        pods.Pass(1000);

        Assert.AreEqual("Failed", pods.Pod.Phase);
        Assert.AreEqual("DeadlineExceeded", pods.Pod.Reason);
        Assert.IsTrue(pods.Pod.IsOver);
    }

    [TestMethod]
    public void PowerCut_StartsContainersAgain_AndCountsIt()
    {
        PodHarness pods = new PodHarness();
        pods.Run(
            PodText.Of(status: "\"phase\":\"Running\",\"startTime\":\"2026-01-23T10:00:00Z\",\"containerStatuses\":[{\"name\":\"main\",\"restartCount\":3,\"state\":{\"running\":{}}}]"),
            TestPrograms.Polite);

        Assert.AreEqual(4, pods.Container.RestartCount);
        Assert.AreEqual("Running", pods.Pod.Phase);
        Assert.AreEqual("the node was restarted", pods.Container.LastState.Message);
        Assert.AreEqual(0, pods.Pod.StartTime.Minute);
    }

    [TestMethod]
    public void PowerCut_FailsAPodThatIsNotStartedAgain()
    {
        PodHarness pods = new PodHarness();
        pods.Apply(PodText.Of(spec: Never, status: "\"phase\":\"Running\",\"containerStatuses\":[{\"name\":\"main\",\"restartCount\":0,\"state\":{\"running\":{}}}]"));
        pods.Step(1);

        Assert.AreEqual("Failed", pods.Pod.Phase);
        Assert.IsTrue(pods.Pod.IsOver);
    }

    [TestMethod]
    public void Pin_OfAnotherPod_IsWaitedFor()
    {
        PodHarness pods = new PodHarness();
        PicoKubelet.Outputs.PinClaim other = pods.Context.Outputs.Pins.Claim(1UL << 2, "another");
        pods.Run(PodText.Of(PodText.ContainerLimited("\"picokubelet.io/gpio-2\":\"1\"")), TestPrograms.Blink);
        Assert.AreEqual("CreateContainerError", pods.Container.State.Reason);

        other.Release();
        pods.Pass(5000);

        Assert.AreEqual("Running", pods.Pod.Phase);
    }

    [TestMethod]
    public void Pin_OutsideOfTheLimits_IsNotMoved()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(PodText.ContainerLimited("\"picokubelet.io/gpio-3\":\"1\""), Never), TestPrograms.Blink);

        Assert.AreEqual(134, pods.Container.State.ExitCode);
        Assert.AreEqual(-1, pods.Pins.LastPin);
    }

    [TestMethod]
    public void ModulePico_AnswersAsItsHeaderSays()
    {
        PodHarness pods = new PodHarness();
        pods.Clock.Milliseconds = 993;
        pods.Context.Time.Set(new System.DateTime(2026, 1, 23, 10, 30, 0).AddMilliseconds(-7));
        pods.Apply(PodText.Of(PodText.ContainerLimited("\"picokubelet.io/gpio-3\":\"1\""), Never));
        pods.Container.Prepare(TestPrograms.Load(TestPrograms.Io), new string[] { "io" }, new string[0]);
        pods.Clock.Milliseconds = 1000;
        pods.Workloads.Step();

        Assert.AreEqual(127, pods.Container.State.ExitCode);
    }
}
