using nanoFramework.TestFramework;
using PicoKubelet.Pods;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.Tests.Pods;

/// <summary>Pods of a board whose power is cut; after that it has neither network nor time.</summary>
[TestClass]
public class PodKeeperTests
{
    private const string File = "pod-0.cache";

    [TestMethod]
    public void Pod_RunsOn_WithAllThatItWasTold()
    {
        FakeFiles files = new FakeFiles();
        PodHarness before = Run(files, PodText.Of(
            PodText.ContainerWith(",\"args\":[\"--of=$(POD)\",\"$$(POD)\"],"
                + "\"env\":[{\"name\":\"POD\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.name\"}}},{\"name\":\"Q\",\"value\":\"\\\"=\\n\"}],"
                + "\"resources\":{\"limits\":{\"memory\":\"6Ki\",\"cpu\":\"1500m\",\"picokubelet.io/gpio-2\":\"1\"},\"requests\":{\"memory\":\"3Ki\"}},"
                + "\"livenessProbe\":{\"exec\":{\"command\":[\"alive\"]},\"periodSeconds\":7,\"terminationGracePeriodSeconds\":3}"),
            ",\"restartPolicy\":\"OnFailure\",\"priority\":5,\"terminationGracePeriodSeconds\":9"),
            TestPrograms.Probed);

        PodHarness after = CutPower(files);

        Assert.AreEqual(1, after.Table.Count);
        Assert.AreEqual("Running", after.Pod.Phase);
        Assert.AreEqual("hi\n", PodHarness.TextOf(after.Container.Log));
        Assert.AreEqual(0, after.Connection.Writes);
        Assert.AreEqual(Describe(before.Pod), Describe(after.Pod));
        Assert.AreEqual(1, after.Container.RestartCount);
        Assert.AreEqual("the node was restarted", after.Container.LastState.Message);
        Assert.IsTrue(after.Pod.StartTime == before.Pod.StartTime);
        Assert.IsTrue(after.Container.State.Started == before.Pod.StartTime);
        Assert.AreEqual("/app/blink.wasm|--of=blink|$(POD)|POD=blink|Q=\"=\n|", Join(after.Container.Arguments) + Join(after.Container.Environment));
    }

    [TestMethod]
    public void RestartsAndTheirBackoff_AreKept_AndWrittenNowAndThen()
    {
        FakeFiles files = new FakeFiles();
        PodHarness pods = Run(files, PodText.Of(), TestPrograms.Fail);
        int writes = files.Writes;
        pods.Step(4);
        Tell(pods);
        Assert.AreEqual(1, pods.Container.RestartCount);
        Assert.AreEqual(writes, files.Writes);
        pods.Pass(10000);
        Tell(pods);
        Assert.AreEqual(writes + 1, files.Writes);
        Assert.AreEqual(2, pods.Container.RestartCount);

        PodHarness after = CutPower(files);

        Assert.AreEqual("CrashLoopBackOff", after.Container.State.Reason);
        Assert.AreEqual("back-off 40s restarting failed container=main", after.Container.State.Message);
        Assert.AreEqual(3, after.Container.RestartCount);
    }

    [TestMethod]
    public void RestartsAndTheirBackoff_AreKept_OutOfTouchWithTheApiServerToo()
    {
        FakeFiles files = new FakeFiles();
        PodHarness pods = Run(files, PodText.Of(), TestPrograms.Fail);
        pods.Duty.Observe(NodeStage.Off);
        pods.Pass(10000);
        int writes = pods.Connection.Writes;
        Tell(pods);
        Assert.AreEqual(2, pods.Container.RestartCount);
        Assert.AreEqual(writes, pods.Connection.Writes);
        Assert.IsTrue(pods.Duty.UntilDue() > 0);

        PodHarness after = CutPower(files);

        Assert.AreEqual("back-off 40s restarting failed container=main", after.Container.State.Message);
        Assert.AreEqual(3, after.Container.RestartCount);
    }

    [TestMethod]
    public void PodThatIsNeverStartedAgain_WearsNoFlash()
    {
        FakeFiles files = new FakeFiles();
        Run(files, PodText.Of(spec: ",\"restartPolicy\":\"Never\""), TestPrograms.Polite);

        Assert.IsNull(files.Get(File));
    }

    [TestMethod]
    public void DeletedPod_IsNotRunAgain()
    {
        FakeFiles files = new FakeFiles();
        PodHarness pods = Run(files, PodText.Of(), TestPrograms.Stubborn);
        Assert.IsNotNull(files.Get(File));

        pods.Apply(PodText.Deleted(30));
        Tell(pods);

        Assert.IsNull(files.Get(File));
        Assert.AreEqual(0, CutPower(files).Table.Count);
    }

    [TestMethod]
    public void PodThatIsGoneMeanwhile_Ends_WhenTheListSaysSo()
    {
        FakeFiles files = new FakeFiles();
        Run(files, PodText.Of(), TestPrograms.Spin);
        PodHarness after = CutPower(files);
        Assert.AreEqual(1, after.Table.Count);

        after.Table.BeginList();
        after.Table.EndList();
        after.Step(2);
        Tell(after);

        Assert.AreEqual(0, after.Table.Count);
        Assert.IsNull(files.Get(File));
    }

    [TestMethod]
    public void PodThatIsStillThere_IsKnown_AndItsStatusTold()
    {
        FakeFiles files = new FakeFiles();
        Run(files, PodText.Of(), TestPrograms.Spin);
        PodHarness after = CutPower(files, Replies.Ok("{}"));
        after.Context.Time.Set(new System.DateTime(2026, 1, 23, 11, 0, 0));

        after.Table.BeginList();
        after.Apply(PodText.Of(status: "\"phase\":\"Running\""));
        after.Table.EndList();
        after.Step(2);
        after.Duty.Do();

        Assert.AreEqual(1, after.Table.Count);
        Assert.IsTrue(after.Reader.IsKnown);
        Assert.Contains("\"restartCount\":1,\"ready\":true", after.Connection.Sent);
        Assert.DoesNotContains("1601-", after.Connection.Sent);
        Assert.DoesNotContains("0001-", after.Connection.Sent);
    }

    [TestMethod]
    public void CutAtAnyStep_LeavesAPodThatRuns_OrNone()
    {
        FakeFiles whole = new FakeFiles();
        Run(whole, PodText.Of(), TestPrograms.Polite);
        int steps = whole.Steps;
        int runs = 0;
        for (int i = 0; i < steps; i += 17)
        {
            FakeFiles files = new FakeFiles();
            files.PowerFor(i);
            Run(files, PodText.Of(), TestPrograms.Polite);
            files.PowerFor(int.MaxValue);
            PodHarness after = CutPower(files);
            runs += after.Table.Count;
            Assert.IsTrue(after.Table.Count == 0 || after.Pod.Phase == "Running", i.ToString());
        }

        Assert.IsTrue(runs < steps / 17);
    }

    [TestMethod]
    public void StorageWithoutRoom_KeepsNoPod_AndIsWell()
    {
        FakeFiles files = new FakeFiles { Room = 500 };
        PodHarness pods = Run(files, PodText.Of(), TestPrograms.Polite);

        Assert.AreEqual("Running", pods.Pod.Phase);
        Assert.IsNull(files.Get(File));
        Assert.Contains("pod not kept", pods.Log.Text);

        // Nor is it tried again and again.
        Tell(pods);
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());
    }

    [TestMethod]
    public void SmallStorage_KeepsThePod_AndNotWhatItsProgramHasComeTo()
    {
        FakeFiles files = new FakeFiles();
        PodHarness pods = Run(files, PodText.Of(), TestPrograms.Counter, 32 * 1024);
        pods.Duty.Keeper.KeepPrograms();

        Assert.IsNotNull(files.Get(File));
        Assert.IsNull(files.Get("pod-0-0.cache"));
        Assert.Contains("program can not be kept over the reboot", pods.Log.Text);
    }

    [TestMethod]
    public void DamagedFile_IsLeftAside()
    {
        FakeFiles files = new FakeFiles();
        Run(files, PodText.Of(), TestPrograms.Polite);
        byte[] content = files.Get(File);
        for (int i = 0; i < content.Length; i += 29)
        {
            byte[] damaged = new byte[content.Length];
            System.Array.Copy(content, damaged, content.Length);
            damaged[i] ^= 1;
            files.Put(File, damaged);
            Assert.AreEqual(0, CutPower(files).Table.Count, i.ToString());
        }
    }

    [TestMethod]
    public void PodWhoseProgramIsNotThere_WaitsForTheApiServer()
    {
        FakeFiles files = new FakeFiles();
        Run(files, PodText.Of(), TestPrograms.Polite);
        FakeFiles others = new FakeFiles();
        others.Put(File, files.Get(File));

        Assert.AreEqual(0, CutPower(others).Table.Count);
    }

    [TestMethod]
    public void CheckpointThatCanNotBeDeleted_IsNotGoneOnFrom()
    {
        FakeFiles files = new FakeFiles();
        PodHarness before = Run(files, PodText.Of(PodText.ContainerLimited("\"picokubelet.io/gpio-2\":\"1\"")), TestPrograms.Counter);
        before.Duty.Keeper.KeepPrograms();
        files.PowerFor(0);

        // Every later start would go on from there too.
        PodHarness after = CutPower(files);

        Assert.Contains("program starts anew", after.Log.Text);
        Assert.AreEqual("Running", after.Pod.Phase);
    }

    /// <summary>Runs a pod whose program comes from its ConfigMap, and has it kept.</summary>
    internal static PodHarness Run(FakeFiles files, string document, string program, int storageBytes = 128 * 1024)
    {
        string configMap = Replies.Ok("{\"metadata\":{\"uid\":\"c\",\"resourceVersion\":\"7\"},\"binaryData\":{\"blink.wasm\":\"" + program + "\"}}");
        string ok = Replies.Ok("{}");
        PodHarness pods = new PodHarness(configMap, ok, ok, ok, ok, ok, ok, ok, ok);
        pods.KeepPods(files, storageBytes);
        pods.Apply(document);
        Tell(pods);
        pods.Step(4);
        return pods;
    }

    internal static void Tell(PodHarness pods)
    {
        for (int i = 0; i < 8 && pods.Duty.UntilDue() == 0; i++)
        {
            pods.Duty.Do();
        }
    }

    internal static PodHarness CutPower(FakeFiles files, params string[] replies)
    {
        PodHarness pods = new PodHarness(false, replies);
        pods.KeepPods(files);
        pods.Step(6);
        return pods;
    }

    private static string Describe(Pod pod)
    {
        PodSpec spec = pod.Spec;
        ContainerSpec container = spec.Containers[0];
        return spec.Namespace + " " + spec.Name + " " + spec.Uid + " " + ((int)spec.RestartPolicy).ToString() + " " + spec.Priority.ToString() + " " + spec.GraceSeconds.ToString() + " "
            + spec.ActiveDeadlineSeconds.ToString() + " " + container.Name + " " + container.Image + " " + container.ProgramConfigMap + " " + container.ProgramKey + " "
            + container.MemoryBytes.ToString() + " " + container.RequestBytes.ToString() + " " + container.CpuThousandths.ToString() + " " + PinsOf(container) + " "
            + container.LivenessProbe.Function + " " + container.LivenessProbe.PeriodSeconds.ToString() + " " + container.LivenessProbe.GraceSeconds.ToString();
    }

    private static string PinsOf(ContainerSpec container)
    {
        return (container.Resources == null ? 0 : container.Resources.Pins).ToString();
    }

    private static string Join(string[] texts)
    {
        string joined = "";
        for (int i = 0; i < texts.Length; i++)
        {
            joined += texts[i] + "|";
        }

        return joined;
    }
}
