using nanoFramework.TestFramework;
using PicoKubelet.Probes;

namespace PicoKubelet.Tests.Probes;

/// <summary>What follows from how calls ended: <c>+</c> with 0, <c>-</c> otherwise. After each <c>W</c> is well, <c>B</c> is not, <c>H</c> is not and on hold.</summary>
[TestClass]
public class ProbeTests
{
    [TestMethod]
    public void Liveness_IsWellUntilItFailedAsOftenInARowAsItMay()
    {
        Gives("W", ProbeKind.Liveness, 1, 3, "+", "W");
        Gives("W", ProbeKind.Liveness, 1, 3, "--", "WW");
        Gives("W", ProbeKind.Liveness, 1, 3, "---", "WWH");
        Gives("W", ProbeKind.Liveness, 1, 3, "--+--", "WWWWW");
        Gives("W", ProbeKind.Liveness, 1, 3, "--+---", "WWWWWH");
        Gives("W", ProbeKind.Liveness, 1, 1, "-", "H");
    }

    [TestMethod]
    public void Readiness_ComesAndGoes()
    {
        Gives("B", ProbeKind.Readiness, 1, 3, "+", "W");
        Gives("B", ProbeKind.Readiness, 2, 3, "++", "BW");
        Gives("B", ProbeKind.Readiness, 2, 3, "+-++", "BBBW");
        Gives("B", ProbeKind.Readiness, 1, 2, "+--+", "WWBW");
        Gives("B", ProbeKind.Readiness, 3, 1, "+++-++", "BBWBBB");
        Gives("B", ProbeKind.Readiness, 1, 1, "----", "BBBB");
    }

    [TestMethod]
    public void Startup_IsLookedAtUntilItIsUpOrGivenUp()
    {
        Gives("B", ProbeKind.Startup, 1, 3, "--+", "BBU");
        Gives("B", ProbeKind.Startup, 1, 3, "---", "BBH");
        Gives("B", ProbeKind.Startup, 1, 30, "-+", "BU");
    }

    [TestMethod]
    public void Times_AreTheSpecs()
    {
        Probe probe = new Probe(ProbeKind.Liveness, new ProbeSpec { Function = "f", InitialDelaySeconds = 5, PeriodSeconds = 7, TimeoutSeconds = 2 });
        probe.Begin(1000);
        Assert.AreEqual(6000L, probe.DueAt);

        Assert.AreEqual(8500L, probe.BeginCall(6500));
        probe.EndCall(true);

        Assert.AreEqual(13500L, probe.DueAt);
    }

    [TestMethod]
    public void NewRun_BeginsAnew()
    {
        Probe probe = new Probe(ProbeKind.Liveness, new ProbeSpec { Function = "f", FailureThreshold = 2 });
        probe.Begin(0);
        probe.EndCall(false);
        probe.EndCall(false);
        Assert.AreEqual(long.MaxValue, probe.DueAt);

        probe.Begin(0);

        Assert.IsTrue(probe.IsWell);
        Assert.AreEqual(0L, probe.DueAt);
        Assert.IsFalse(probe.EndCall(false));
    }

    private static void Gives(string before, ProbeKind kind, int successes, int failures, string ends, string expected)
    {
        Probe probe = new Probe(kind, new ProbeSpec { Function = "f", SuccessThreshold = successes, FailureThreshold = failures });
        probe.Begin(0);
        Assert.AreEqual(before, StateOf(probe));
        int well = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            probe.EndCall(ends[i] == '+');
            Assert.AreEqual(expected.Substring(i, 1), StateOf(probe), ends + " at " + i.ToString());
            well += ends[i] == '+' ? 1 : 0;
        }

        Assert.AreEqual(well, probe.CountOf(true));
        Assert.AreEqual(ends.Length - well, probe.CountOf(false));
    }

    private static string StateOf(Probe probe)
    {
        bool isOnHold = probe.DueAt == long.MaxValue;
        return probe.IsWell ? (isOnHold ? "U" : "W") : isOnHold ? "H" : "B";
    }
}
