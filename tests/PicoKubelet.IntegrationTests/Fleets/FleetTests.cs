using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Reporting;
using Spectre.Console;

namespace PicoKubelet.IntegrationTests.Fleets;

/// <summary>Many boards at once, as <c>fleet</c> runs them.</summary>
[TestClass]
public class FleetTests
{
    private const int Boards = 30;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [TestMethod]
    public async Task Boards_whose_power_comes_back_together_come_back_one_after_the_other()
    {
        await using BenchCluster cluster = await BenchCluster.StartEmbeddedAsync();
        string[] names = [.. Enumerable.Range(1, Boards).Select(index => $"pico-{index}")];
        IReadOnlyDictionary<string, string> tokens = await FleetIdentities.CreateAsync(cluster, names, hasOwnRights: true);
        await using NodeWatch nodes = new(cluster.Admin);
        await using BoardFleet fleet = new(cluster, tokens, "lease");
        fleet.Start();
        Assert.IsTrue(await nodes.WaitAsync(Boards, Timeout), $"{nodes.ReadyCount} are Ready");

        fleet.Stop();
        RequestPulse pulse = new(fleet);
        long since = Environment.TickCount64;
        fleet.Start();
        while (fleet.CountHeartbeats(since) < Boards && Environment.TickCount64 - since < Timeout.TotalMilliseconds)
        {
            await Task.Delay(50);
        }

        pulse.Dispose();
        Assert.AreEqual(Boards, fleet.CountHeartbeats(since));

        // Over five seconds: six a second on average.
        IReadOnlyList<PulseSecond> seconds = pulse.Seconds();
        Assert.IsLessThan(Boards * 2 / 3, seconds.Max(second => second.First));
        Assert.IsGreaterThanOrEqualTo(3, seconds.Count(second => second.First > 0));
        Assert.AreEqual(0, nodes.Lost);
    }

    [TestMethod]
    public async Task A_fleet_stays_Ready_and_is_back_soon_after_an_outage_of_a_real_kube_apiserver()
    {
        if (!ControlPlane.IsAvailable)
        {
            Assert.Inconclusive($"{ControlPlane.AssetsVariable} is not set.");
        }

        await RunAsync(new FleetPlan(Boards, TimeSpan.FromSeconds(12), TimeSpan.Zero, TimeSpan.FromSeconds(8), HasOwnRights: true) { Settling = TimeSpan.Zero });
    }

    [TestMethod]
    [TestCategory("RealCluster")]
    public async Task A_DaemonSet_runs_on_a_fleet_and_is_rolled_out()
    {
        if (!ControlPlane.IsAvailable)
        {
            Assert.Inconclusive($"{ControlPlane.AssetsVariable} is not set.");
        }

        await RunAsync(new FleetPlan(5, TimeSpan.FromSeconds(2), TimeSpan.Zero, TimeSpan.Zero, HasOwnRights: true) { Settling = TimeSpan.Zero, HasPods = true, MaxUnavailable = "50%" });
    }

    private static async Task RunAsync(FleetPlan plan)
    {
        StringWriter output = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        List<string> broken = await new FleetRun(plan, new Report("fleet", "test", console)).RunAsync();
        Assert.IsEmpty(broken, string.Join('\n', broken) + '\n' + output);
    }
}
