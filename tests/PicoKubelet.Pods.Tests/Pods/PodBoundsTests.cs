using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Pods;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.Tests.Pods;

/// <summary>What bounds pods: memory, their number, time, and how soon one that crashes is started again.</summary>
[TestClass]
public class PodBoundsTests
{
    [TestMethod]
    public void Memory_IsGivenToTheLastByte_AndNoFurther()
    {
        PodHarness pods = new PodHarness();
        int memory = pods.Table.Limits.MemoryBytes - PodLimits.PodOverhead;
        pods.Apply(WithMemory("fits", memory));
        Assert.IsNotNull(pods.Table.Find("default", "fits"));

        PodHarness others = new PodHarness();
        others.Apply(WithMemory("large", memory + 1));
        Assert.IsNull(others.Table.Find("default", "large"));
    }

    [TestMethod]
    public void PodThatIsOver_KeepsItsPlace_UntilTheApiServerKnows()
    {
        // Three that run and two that are over.
        PodHarness pods = new PodHarness();
        for (int i = 0; i < 5; i++)
        {
            string name = "over-" + i.ToString();
            pods.Apply(PodText.Of(name: name));
            pods.Apply(PodText.Of(name: name, metadata: ",\"deletionTimestamp\":\"2026-01-23T10:31:00Z\",\"deletionGracePeriodSeconds\":0"));
            pods.Step(2);
        }

        pods.Apply(PodText.Of(name: "next"));

        Assert.AreEqual(5, pods.Table.Count);
        Assert.IsNotNull(pods.Table.Find("default", "over-0"));
        Assert.IsNull(pods.Table.Find("default", "next"));
    }

    [TestMethod]
    public void Program_TakesTheShareOfTime_ThatItsLimitGives()
    {
        int whole = ShareOf("");
        Assert.IsTrue(whole > 600, whole.ToString());
        int share = ShareOf("\"cpu\":\"100m\"");
        Assert.IsTrue(share > 70 && share <= 110, share.ToString());
    }

    [TestMethod]
    public void RunOfTenMinutes_IsNoCrash()
    {
        CrashBackoff backoff = new CrashBackoff();
        Assert.AreEqual(0, backoff.Next(0));
        Assert.AreEqual(10000, backoff.Next(0));
        Assert.AreEqual(20000, backoff.Next(599999));

        Assert.AreEqual(0, backoff.Next(600000));
        Assert.AreEqual(10000, backoff.Next(0));
        for (int i = 0; i < 5; i++)
        {
            backoff.Next(0);
        }

        Assert.AreEqual(300000, backoff.Next(0));
    }

    private static string WithMemory(string name, int bytes)
    {
        return PodText.Of(PodText.ContainerLimited("\"memory\":\"" + bytes.ToString() + "\""), name: name);
    }

    /// <returns>The thousandths of the time that a program gets which never waits.</returns>
    private static int ShareOf(string limits)
    {
        PodHarness pods = new PodHarness();
        pods.Context.Clock = new RunningClock(pods.Clock);
        pods.Run(PodText.Of(PodText.ContainerLimited(limits)), TestPrograms.Spin);
        long began = pods.Clock.Milliseconds;
        long taken = pods.Container.CpuMilliseconds;
        while (pods.Clock.Milliseconds - began < 5000)
        {
            // The loop waits so long.
            pods.Clock.Advance(pods.Workloads.Step());
        }

        return (int)((pods.Container.CpuMilliseconds - taken) * 1000 / (pods.Clock.Milliseconds - began));
    }

    /// <summary>Moves a clock by a millisecond with each look: a program takes time.</summary>
    private sealed class RunningClock : IClock
    {
        private readonly ManualClock _clock;

        public RunningClock(ManualClock clock)
        {
            _clock = clock;
        }

        public long Milliseconds
        {
            get
            {
                _clock.Advance(1);
                return _clock.Milliseconds;
            }
        }
    }
}
