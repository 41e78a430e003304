using System.Diagnostics;
using PicoKubelet.Bench.Clusters;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Fleet;

/// <summary>A run of a fleet against a real control plane, phase by phase.</summary>
internal sealed class FleetRun
{
    // From an API server that comes back to Ready again (the design's section 9).
    private const double MaxRecovery = 15;

    // The rest is told in one line.
    private const int ShownSeconds = 15;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);

    private readonly FleetPlan _plan;
    private readonly Report _report;
    private readonly List<string> _broken = [];

    public FleetRun(FleetPlan plan, Report report)
    {
        _plan = plan;
        _report = report;
    }

    /// <summary>Runs the plan.</summary>
    /// <returns>What does not hold.</returns>
    public async Task<List<string>> RunAsync()
    {
        if (ControlPlaneAssets.FindFault() is { } fault)
        {
            return [fault];
        }

        // The watch's reader and the snapshots must not wait behind a thousand boards that start.
        ThreadPool.SetMinThreads(64, 64);
        await using ControlPlane plane = await ControlPlane.StartAsync();
        string[] names = [.. Enumerable.Range(1, _plan.Boards).Select(index => $"pico-{index:D5}")];
        Stopwatch watch = Stopwatch.StartNew();
        IReadOnlyDictionary<string, string> tokens = await FleetIdentities.CreateAsync(plane, names, _plan.HasOwnRights);
        _report.Text($"{plane.Name}, {_plan.Boards} boards in one process. Identities ({(_plan.HasOwnRights ? "a ClusterRole each" : "one ClusterRole for all")}) and ConfigMaps made in {watch.Elapsed.TotalSeconds:F1} s. {Load()}");

        await using NodeWatch nodes = new(plane.Admin);
        SteadyState? byLease;
        await using (BoardFleet fleet = new(plane, tokens, "lease"))
        {
            byLease = await RunLeasesAsync(plane, fleet, nodes);
        }

        SteadyState? byStatus = _plan.SteadyByStatus > TimeSpan.Zero ? await RunStatusAsync(plane, tokens, nodes) : null;
        WriteSteady(byLease, byStatus);
        _report.Text(Load());
        return _broken;
    }

    private static string Load() => "Load average " + File.ReadAllText("/proc/loadavg").Split(' ')[0] + ".";

    private async Task<SteadyState> RunLeasesAsync(ControlPlane plane, BoardFleet fleet, NodeWatch nodes)
    {
        await StartAsync("First start, all at once", fleet, nodes);
        fleet.Stop();
        await StartAsync("Power back after a cut, for all at once", fleet, nodes);
        await Task.Delay(_plan.Settling);
        SteadyState state = await SteadyState.WatchAsync(plane, fleet, nodes, _plan.Steady);
        if (_plan.Outage > TimeSpan.Zero)
        {
            await RunOutageAsync(plane, fleet, nodes);
        }

        return state;
    }

    private async Task<SteadyState> RunStatusAsync(ControlPlane plane, IReadOnlyDictionary<string, string> tokens, NodeWatch nodes)
    {
        await using BoardFleet fleet = new(plane, tokens, "status");

        // Twice, so that these heartbeats are spread as those by Leases are.
        for (int start = 0; start < 2; start++)
        {
            fleet.Stop();
            fleet.Start();
            await WaitForHeartbeatsAsync(fleet, Environment.TickCount64, StartTimeout);
        }

        await Task.Delay(_plan.Settling);
        return await SteadyState.WatchAsync(plane, fleet, nodes, _plan.SteadyByStatus);
    }

    private async Task StartAsync(string title, BoardFleet fleet, NodeWatch nodes)
    {
        Stopwatch watch = Stopwatch.StartNew();
        long since = Environment.TickCount64;
        using RequestPulse pulse = new(fleet);
        fleet.Start();
        bool isReady = await WaitForHeartbeatsAsync(fleet, since, StartTimeout) && await nodes.WaitAsync(_plan.Boards, StartTimeout);
        double seconds = watch.Elapsed.TotalSeconds;
        pulse.Dispose();
        _report.Heading(title);
        _report.Text($"All {_plan.Boards} Ready, as kube-apiserver's Nodes say, after {seconds:F1} s.");
        WritePulse(pulse);
        if (!isReady)
        {
            _broken.Add($"{title}: {nodes.ReadyCount} of {_plan.Boards} were Ready after {seconds:F0} s");
        }
    }

    private async Task RunOutageAsync(ControlPlane plane, BoardFleet fleet, NodeWatch nodes)
    {
        await plane.StopApiServerAsync();
        await Task.Delay(_plan.Outage);
        using RequestPulse pulse = new(fleet);
        Stopwatch sinceLaunch = Stopwatch.StartNew();
        long launched = Environment.TickCount64;
        await plane.StartApiServerAsync();
        double untilServes = sinceLaunch.Elapsed.TotalSeconds;
        bool isBack = await WaitForHeartbeatsAsync(fleet, launched, StartTimeout) && await nodes.WaitAsync(_plan.Boards, StartTimeout);
        double untilReady = sinceLaunch.Elapsed.TotalSeconds;
        pulse.Dispose();
        _report.Heading($"kube-apiserver away for {_plan.Outage.TotalSeconds:F0} s");
        _report.Text($"Ready itself {untilServes:F1} s after its launch; all {_plan.Boards} boards have sent a heartbeat and are Ready {untilReady - untilServes:F1} s later.");
        WritePulse(pulse);
        if (!isBack || untilReady - untilServes > MaxRecovery)
        {
            _broken.Add($"after the outage all were Ready only {untilReady - untilServes:F1} s after kube-apiserver was");
        }
    }

    private async Task<bool> WaitForHeartbeatsAsync(BoardFleet fleet, long since, TimeSpan timeout)
    {
        long end = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        int count;
        while ((count = fleet.CountHeartbeats(since)) < _plan.Boards && Environment.TickCount64 < end)
        {
            await Task.Delay(50);
        }

        return count == _plan.Boards;
    }

    private void WritePulse(RequestPulse pulse)
    {
        IReadOnlyList<(int First, int Requests, int Most)> seconds = pulse.Seconds();
        int begin = seconds.TakeWhile(second => second.Requests == 0).Count();
        _report.Table(
            ["second", "boards' first requests", "requests", "most within 100 ms"],
            seconds.Skip(begin).Take(ShownSeconds).Select((second, index) => new[] { $"{begin + index + 1}", $"{second.First}", $"{second.Requests}", $"{second.Most}" }));
        (int First, int Requests, int Most)[] busy = [.. seconds.Skip(begin)];
        if (busy.Length > 0)
        {
            _report.Text($"In all {busy.Sum(second => second.Requests)} requests over {busy.Length} s, {busy.Average(second => second.Requests):F0} a second on average and {busy.Max(second => second.Requests)} at most.");
        }
    }

    private void WriteSteady(SteadyState byLease, SteadyState? byStatus)
    {
        _report.Heading($"Steady state, {_plan.Steady.TotalMinutes:F1} min" + (byStatus is null ? "" : $"; by status {_plan.SteadyByStatus.TotalMinutes:F1} min"));
        string[] columns = byStatus is null ? ["", "Leases"] : ["", "Leases", "status each 10 s", "ratio"];
        _report.Table(columns, byLease.Figures.Select((figure, index) => Row(figure, byStatus?.Figures[index].Value)));
        foreach ((string name, SteadyState? state) in ((string, SteadyState?)[])[("by Leases", byLease), ("by status", byStatus)])
        {
            if (state is not null)
            {
                _report.Text($"{name}: {state.Lost} times a node was Ready and then was not; {state.Failed} heartbeats failed.");
                if (state.Lost > 0)
                {
                    _broken.Add($"{name}: not all were Ready throughout");
                }
            }
        }
    }

    private static string[] Row((string Name, string Format, double Value) figure, double? other)
    {
        string value = figure.Value.ToString(figure.Format, System.Globalization.CultureInfo.InvariantCulture);
        return other is not { } by
            ? [figure.Name, value]
            : [figure.Name, value, by.ToString(figure.Format, System.Globalization.CultureInfo.InvariantCulture), by == 0 ? "" : $"{figure.Value / by:F2}"];
    }
}
