using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Programs;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.Tests.Pods;

/// <summary>Pods of a board that is told to reboot; after that it has neither network nor time.</summary>
[TestClass]
public class CheckpointTests
{
    private const string File = "pod-0-0.cache";

    [TestMethod]
    public void Program_GoesOn_WithPinLedAndTheLineThatItHadBegun()
    {
        FakeFiles files = new FakeFiles();
        PodHarness before = Reboot(files);

        PodHarness after = PodKeeperTests.CutPower(files);

        Assert.AreEqual("n=1\nn=2\n", PodHarness.TextOf(before.Container.Log));
        Assert.AreEqual("", PodHarness.TextOf(after.Container.Log));
        Assert.AreEqual("Running", after.Pod.Phase);
        Assert.AreEqual(1, after.Container.RestartCount);
        Assert.AreEqual(2, after.Pins.LastPin);
        Assert.IsTrue(after.Pins.LastLevel);
        Assert.IsTrue(after.Pins.IsLedOn);
        Assert.IsNull(files.Get(File));
        Assert.Contains("program goes on from before the reboot", after.Log.Text);

        // Of the wait 50 ms are left, whatever the board's clock says now.
        after.Pass(35);
        Assert.AreEqual("", PodHarness.TextOf(after.Container.Log));
        after.Pass(15);
        Assert.AreEqual("n=3\n", PodHarness.TextOf(after.Container.Log));
        after.Pass(110);
        Assert.AreEqual("n=3\nn=4\n", PodHarness.TextOf(after.Container.Log));
    }

    [TestMethod]
    public void Reports_GoOn()
    {
        FakeFiles files = new FakeFiles();
        Reboot(files);
        PodHarness after = PodKeeperTests.CutPower(files);
        after.Pass(60);

        ProgramReports reports = after.Container.Reports;
        Assert.AreEqual(2, reports.Count);
        Assert.AreEqual("n n", reports.NameOf(0) + " " + reports.NameOf(1));
        Assert.IsFalse(reports.IsCounter(0));
        Assert.IsTrue(reports.IsShown(0));
        Assert.AreEqual(7500, reports.Thousandths(0));
        Assert.IsTrue(reports.IsCounter(1));
        Assert.AreEqual(3000, reports.Thousandths(1));
    }

    [TestMethod]
    public void EdgesPulsesAndAWaitForAnEdge_GoOn()
    {
        FakeFiles files = new FakeFiles();
        PodHarness before = PodKeeperTests.Run(files, PodText.Of(PodText.ContainerLimited(DeviceProgram.Pin2 + ",\"picokubelet.io/gpio-3\":\"1\"")), TestPrograms.Devices);
        Assert.AreEqual(0, DeviceProgram.Do(before, DeviceProgram.Watch, 2, 2, 0));
        Assert.AreEqual(0, DeviceProgram.Do(before, DeviceProgram.Pwm, 3, 1000, 250));
        DeviceProgram.Move(before, true, 0);
        DeviceProgram.Move(before, false, 0);
        Assert.AreEqual(1, DeviceProgram.Do(before, DeviceProgram.Wait, 2, 5000));
        DeviceProgram.Begin(before, DeviceProgram.Wait, 2, 5000, 0);
        before.Step(3);
        before.Clock.Advance(2000);
        before.Duty.Keeper.KeepPrograms();

        // Of the wait 3 s are left; the level is as it was.
        PodHarness after = PodKeeperTests.CutPower(files);
        Assert.AreEqual("pwm 3 1000 250;", after.Peripherals.Text);
        Assert.AreEqual((int)PinPull.Down, (int)after.Pins.LastPull);
        after.Context.Cells[0] = DeviceProgram.Wait;
        after.Pass(2900);
        Assert.AreEqual((int)DeviceProgram.Wait, DeviceProgram.Cell(after, 0));
        after.Pass(150);
        Assert.AreEqual(0, DeviceProgram.End(after));
        Assert.AreEqual(2, DeviceProgram.Do(after, DeviceProgram.Edges, 2));
        DeviceProgram.Move(after, true, 0);
        Assert.AreEqual(3, DeviceProgram.Do(after, DeviceProgram.Edges, 2));
        Assert.AreEqual(1, DeviceProgram.Do(after, DeviceProgram.Wait, 2, 5000));
    }

    [TestMethod]
    public void Program_GoesOnAgain_AfterAnotherReboot()
    {
        FakeFiles files = new FakeFiles();
        Reboot(files);
        PodHarness second = PodKeeperTests.CutPower(files);
        second.Pass(60);
        second.Duty.Keeper.KeepPrograms();

        PodHarness third = PodKeeperTests.CutPower(files);
        third.Pass(110);

        Assert.AreEqual("n=4\n", PodHarness.TextOf(third.Container.Log));
    }

    [TestMethod]
    public void RebootBeforeItIsTakenUp_LosesNothing()
    {
        FakeFiles files = new FakeFiles();
        Reboot(files);
        PodHarness second = new PodHarness(false);
        second.KeepPods(files);
        second.Duty.Keeper.KeepPrograms();

        PodHarness third = PodKeeperTests.CutPower(files);
        third.Pass(60);

        Assert.AreEqual("n=3\n", PodHarness.TextOf(third.Container.Log));
    }

    [TestMethod]
    public void PowerCutAfterwards_StartsItAnew()
    {
        FakeFiles files = new FakeFiles();
        Reboot(files);
        PodKeeperTests.CutPower(files);

        MustStartAnew(PodKeeperTests.CutPower(files));
    }

    [TestMethod]
    public void ProgramThatDoesNotConsent_StartsAnew()
    {
        FakeFiles files = new FakeFiles();
        Reboot(files, TestPrograms.WithoutConsent(TestPrograms.Counter));

        Assert.IsNull(files.Get(File));
        MustStartAnew(PodKeeperTests.CutPower(files));
    }

    [TestMethod]
    public void PodThatEnds_IsNotKept()
    {
        FakeFiles files = new FakeFiles();
        PodHarness pods = Run(files, TestPrograms.Counter);
        pods.Apply(PodText.Deleted(30));
        pods.Duty.Keeper.KeepPrograms();

        Assert.IsNull(files.Get(File));
    }

    [TestMethod]
    public void PodThatIsGoneMeanwhile_LeavesNothing()
    {
        FakeFiles files = new FakeFiles();
        Reboot(files);
        PodHarness after = new PodHarness(false);
        after.KeepPods(files);
        after.Table.BeginList();
        after.Table.EndList();
        after.Step(2);
        PodKeeperTests.Tell(after);

        Assert.IsNull(files.Get("pod-0.cache"));
        Assert.IsNull(files.Get(File));
    }

    [TestMethod]
    public void ProbeThatIsUnderWay_IsMadeAnew()
    {
        FakeFiles files = new FakeFiles();
        PodHarness before = Run(files, TestPrograms.Counter, ",\"livenessProbe\":{\"exec\":{\"command\":[\"alive\"]},\"periodSeconds\":1,\"timeoutSeconds\":5}");
        before.Pass(1000);
        before.Duty.Keeper.KeepPrograms();

        PodHarness after = PodKeeperTests.CutPower(files);
        for (int i = 0; i < 30; i++)
        {
            after.Pass(100);
        }

        Assert.AreEqual("Running", after.Pod.Phase);
        Assert.AreEqual(1, after.Container.RestartCount);
        Assert.DoesNotContains("n=1\n", PodHarness.TextOf(after.Container.Log));
    }

    [TestMethod]
    public void DamagedFile_StartsItAnew_AndSaysSo()
    {
        FakeFiles files = new FakeFiles();
        Reboot(files);
        byte[] content = files.Get(File);
        for (int i = 0; i < content.Length; i += 7)
        {
            byte[] damaged = new byte[content.Length];
            System.Array.Copy(content, damaged, content.Length);
            damaged[i] ^= 1;
            files.Put(File, damaged);
            MustStartAnew(PodKeeperTests.CutPower(files));
        }

        byte[] torn = new byte[content.Length - 1];
        System.Array.Copy(content, torn, torn.Length);
        files.Put(File, torn);
        MustStartAnew(PodKeeperTests.CutPower(files));
    }

    [TestMethod]
    public void FileOfAnotherPod_IsNotTaken()
    {
        FakeFiles files = new FakeFiles();
        Reboot(files);
        FakeFiles others = new FakeFiles();
        PodKeeperTests.Run(others, PodText.Of(name: "other"), TestPrograms.Counter);
        others.Put(File, files.Get(File));

        MustStartAnew(PodKeeperTests.CutPower(others));
        Assert.IsNull(others.Get(File));
    }

    [TestMethod]
    public void StorageWithoutRoom_StartsItAnew_AndSaysSo()
    {
        FakeFiles files = new FakeFiles();
        PodHarness before = Run(files, TestPrograms.Counter);
        files.Room = 100;
        before.Duty.Keeper.KeepPrograms();

        Assert.IsNull(files.Get(File));
        Assert.Contains("program can not be kept over the reboot", before.Log.Text);
        files.Room = int.MaxValue;
        MustStartAnew(PodKeeperTests.CutPower(files));
    }

    [TestMethod]
    public void StorageThatDoesNotForget_StartsItAnew()
    {
        FakeFiles files = new FakeFiles();
        Reboot(files);
        PodHarness after = new PodHarness(false);
        after.KeepPods(files);
        files.Failure = new System.InvalidOperationException("medium");
        after.Step(6);
        files.Failure = null;
        after.Pass(110);

        Assert.AreEqual("n=1\n", PodHarness.TextOf(after.Container.Log));
    }

    [TestMethod]
    public void CutAtAnyStep_LeavesAProgramThatGoesOn_OrStartsAnew()
    {
        FakeFiles whole = new FakeFiles();
        PodHarness pods = Run(whole, TestPrograms.Counter);
        whole.PowerFor(int.MaxValue);
        pods.Duty.Keeper.KeepPrograms();
        int steps = whole.Steps;
        for (int i = 0; i <= steps; i += 23)
        {
            FakeFiles files = new FakeFiles();
            pods = Run(files, TestPrograms.Counter);
            files.PowerFor(i);
            pods.Duty.Keeper.KeepPrograms();
            files.PowerFor(int.MaxValue);
            PodHarness after = PodKeeperTests.CutPower(files);
            after.Pass(110);
            string log = PodHarness.TextOf(after.Container.Log);
            Assert.IsTrue(log == "n=1\n" || log == "n=3\n", log);
        }
    }

    private static void MustStartAnew(PodHarness after)
    {
        Assert.AreEqual("Running", after.Pod.Phase);
        after.Pass(110);
        Assert.AreEqual("n=1\n", PodHarness.TextOf(after.Container.Log));
        Assert.IsNull(after.Files.Get(File));
    }

    /// <summary>Runs a program until it stands in the middle of its third wait.</summary>
    private static PodHarness Run(FakeFiles files, string program, string container = "")
    {
        string limits = ",\"resources\":{\"limits\":{\"memory\":\"4Ki\",\"picokubelet.io/gpio-2\":\"1\"}}";
        PodHarness pods = PodKeeperTests.Run(files, PodText.Of(PodText.ContainerWith(limits + container)), program);
        while (PodHarness.TextOf(pods.Container.Log) != "n=1\nn=2\n")
        {
            pods.Step(1);
        }

        pods.Clock.Advance(49);
        return pods;
    }

    private static PodHarness Reboot(FakeFiles files, string program = TestPrograms.Counter)
    {
        PodHarness pods = Run(files, program);
        pods.Duty.Keeper.KeepPrograms();
        return pods;
    }
}
