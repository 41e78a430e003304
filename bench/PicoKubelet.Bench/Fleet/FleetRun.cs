using System.Diagnostics;
using PicoKubelet.Bench.Clusters;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Fleet;

/// <summary>A run of a fleet against a real control plane, phase by phase.</summary>
internal sealed partial class FleetRun
{
    // From an API server that comes back to Ready again (the design's section 9).
    private const double MaxRecovery = 15;

    // The rest is told in one line.
    private const int ShownSeconds = 15;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    // Below that, chance alone makes higher peaks: 50 a second that know nothing of each other, in ten minutes.
    private const int FewestForSpread = 500;
    private const double MaxPeak = 1.5;

    private readonly FleetPlan _plan;
    private readonly Report _report;
    private readonly List<string> _broken = [];

    public FleetRun(FleetPlan plan, Report report)
    {
        _plan = plan;
        _report = report;
    }

    /// <summary>Runs the plan. What a phase found is reported at its end, whatever becomes of those after it.</summary>
    /// <returns>What does not hold.</returns>
    public async Task<List<string>> RunAsync()
    {
        if (ControlPlaneAssets.FindFault() is { } fault)
        {
            return [fault];
        }

        // The watch's reader and the snapshots must not wait behind a thousand boards that start.
        ThreadPool.SetMinThreads(64, 64);
        _report.Progress.Phase($"a control plane starts");
        await using ControlPlane plane = await ControlPlane.StartAsync(_plan.HasPods ? new() { ["SCHEDULER"] = "yes" } : [], _report.Stop);
        try
        {
            await RunAsync(plane);
        }
        catch (Exception exception) when (!_report.Stop.IsCancellationRequested)
        {
            _broken.Add($"ended early: {exception.GetType().Name}: {exception.Message}");
        }

        _report.Text(Load());
        return _broken;
    }

    private static string Load() => "Load average " + File.ReadAllText("/proc/loadavg").Split(' ')[0] + ".";

    private async Task RunAsync(ControlPlane plane)
    {
        string[] names = [.. Enumerable.Range(1, _plan.Boards).Select(index => $"pico-{index:D5}")];
        Stopwatch watch = Stopwatch.StartNew();
        _report.Progress.Phase($"identities for {_plan.Boards} boards");
        IReadOnlyDictionary<string, string> tokens = await FleetIdentities.CreateAsync(plane, names, _plan.HasOwnRights, _report.Stop);
        _report.Text($"{plane.Name}, {_plan.Boards} boards in one process. "
            + $"Identities ({(_plan.HasOwnRights ? "a ClusterRole each" : "one ClusterRole for all")}) and ConfigMaps made in {watch.Elapsed.TotalSeconds:F1} s. {Load()}");

        await using NodeWatch nodes = new(plane.Admin);
        if (_plan.HasPods)
        {
            await RunPodsAsync(plane, tokens, nodes);
            return;
        }

        SteadyState byLease;
        await using (BoardFleet fleet = new(plane, tokens, "lease"))
        {
            byLease = await RunLeasesAsync(plane, fleet, nodes);
        }

        if (_plan.SteadyByStatus > TimeSpan.Zero)
        {
            string[] columns = ["", "Leases", "status each 10 s", "ratio"];
            WriteSteady($"Steady state by status, {_plan.SteadyByStatus.TotalMinutes:F1} min", columns, byLease, await RunStatusAsync(plane, tokens, nodes));
        }
    }

    private async Task<SteadyState> RunLeasesAsync(ControlPlane plane, BoardFleet fleet, NodeWatch nodes)
    {
        await StartAsync("First start, all at once", plane, fleet, nodes);
        fleet.Stop();
        await StartAsync("Power back after a cut, for all at once", plane, fleet, nodes);
        await WaitAsync("the boards settle", _plan.Settling);
        _report.Progress.Phase($"the steady state is watched for {_plan.Steady.TotalMinutes:F1} min");
        SteadyState state = await SteadyState.WatchAsync(plane, fleet, nodes, _plan.Steady, _report.Stop);
        WriteSteady($"Steady state by Leases, {_plan.Steady.TotalMinutes:F1} min", ["", "Leases"], state, null);
        if (_plan.Outage > TimeSpan.Zero)
        {
            await RunOutageAsync(plane, fleet, nodes);
        }

        return state;
    }

    private async Task<SteadyState> RunStatusAsync(ControlPlane plane, IReadOnlyDictionary<string, string> tokens, NodeWatch nodes)
    {
        await using BoardFleet fleet = new(plane, tokens, "status");
        _report.Progress.Phase($"the boards start again, with heartbeats by status");
        fleet.Start();
        await WaitForHeartbeatsAsync(fleet, Environment.TickCount64, StartTimeout);
        await WaitAsync("the boards settle", _plan.Settling);
        return await SteadyState.WatchAsync(plane, fleet, nodes, _plan.SteadyByStatus, _report.Stop);
    }

    private async Task StartAsync(string title, ControlPlane plane, BoardFleet fleet, NodeWatch nodes)
    {
        PlaneSnapshot before = await PlaneSnapshot.TakeAsync(plane);
        Stopwatch watch = Stopwatch.StartNew();
        long since = Environment.TickCount64;
        _report.Progress.Phase($"{title}");
        using RequestPulse pulse = new(fleet);
        fleet.Start();
        bool isReady = await WaitForHeartbeatsAsync(fleet, since, StartTimeout) && await nodes.WaitAsync(_plan.Boards, StartTimeout, _report.Stop);
        double seconds = watch.Elapsed.TotalSeconds;
        pulse.Dispose();
        PlaneSnapshot after = await PlaneSnapshot.TakeAsync(plane);
        _report.Heading(title);
        _report.Text(isReady
            ? $"All {_plan.Boards} Ready, as kube-apiserver's Nodes say, after {seconds:F1} s."
            : $"{nodes.ReadyCount} of {_plan.Boards} Ready, as kube-apiserver's Nodes say, after {seconds:F1} s.");
        _report.Text($"Creations by the status of their reply: Nodes {Creations("nodes", before, after)}; Leases {Creations("leases", before, after)}.");
        WritePulse(pulse);
        if (!isReady)
        {
            _broken.Add($"{title}: {nodes.ReadyCount} of {_plan.Boards} were Ready after {seconds:F0} s");
        }
    }

    private static string Creations(string resource, PlaneSnapshot before, PlaneSnapshot after)
    {
        string text = string.Join(", ", after.Creations(resource, before).Select(pair => $"{pair.Status}: {pair.Count:F0}"));
        return text.Length == 0 ? "none" : text;
    }

    private async Task RunOutageAsync(ControlPlane plane, BoardFleet fleet, NodeWatch nodes)
    {
        await plane.StopApiServerAsync();
        await WaitAsync("kube-apiserver is away", _plan.Outage);
        using RequestPulse pulse = new(fleet);
        _report.Progress.Phase($"kube-apiserver starts again");
        Stopwatch sinceLaunch = Stopwatch.StartNew();
        long launched = Environment.TickCount64;
        await plane.StartApiServerAsync();
        double untilServes = sinceLaunch.Elapsed.TotalSeconds;
        bool isBack = await WaitForHeartbeatsAsync(fleet, launched, StartTimeout) && await nodes.WaitAsync(_plan.Boards, StartTimeout, _report.Stop);
        double untilReady = sinceLaunch.Elapsed.TotalSeconds;
        pulse.Dispose();
        _report.Heading($"kube-apiserver away for {_plan.Outage.TotalSeconds:F0} s");
        _report.Text($"Ready itself {untilServes:F1} s after its launch; all {_plan.Boards} boards have sent a heartbeat and are Ready {untilReady - untilServes:F1} s later.");
        WritePulse(pulse);
        if (!isBack || untilReady - untilServes > MaxRecovery)
        {
            _broken.Add($"after the outage all were Ready only {untilReady - untilServes:F1} s after kube-apiserver was");
        }

        await WaitAsync("the boards settle after the outage", _plan.Settling);
        using RequestPulse later = new(fleet);
        await WaitAsync("heartbeats after the outage", _plan.AfterOutage);
        later.Dispose();
        Spread writes = later.Writes();
        _report.Text($"From {_plan.Settling.TotalSeconds:F0} s later on, for {_plan.AfterOutage.TotalSeconds:F0} s: "
            + $"{writes.Mean:F1} heartbeats a second, {writes.Peak:F0} at most, {writes.Ratio:F2} times the mean; autocorrelation at 10 s {writes.Autocorrelation(10):F2}.");
        CheckSpread("after the outage", writes);
    }

    private void CheckSpread(string when, Spread spread, string what = "heartbeats")
    {
        if (_plan.Boards >= FewestForSpread && spread.Ratio > MaxPeak)
        {
            _broken.Add($"{when}: {spread.Peak:F0} {what} in one second are {spread.Ratio:F2} times the mean, more than {MaxPeak}");
        }
    }

    private async Task WaitAsync(string what, TimeSpan time)
    {
        Stopwatch watch = Stopwatch.StartNew();
        _report.Progress.Phase($"{what}");
        while (watch.Elapsed < time)
        {
            _report.Progress.Say($"{what}: {watch.Elapsed.TotalSeconds:F0} of {time.TotalSeconds:F0} s");
            TimeSpan left = time - watch.Elapsed;
            await Task.Delay(left < Tick ? left < TimeSpan.Zero ? TimeSpan.Zero : left : Tick, _report.Stop);
        }
    }

    private async Task<bool> WaitForHeartbeatsAsync(BoardFleet fleet, long since, TimeSpan timeout)
    {
        long end = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        int count;
        while ((count = fleet.CountHeartbeats(since)) < _plan.Boards && Environment.TickCount64 < end)
        {
            _report.Progress.Say($"{count} of {_plan.Boards} boards have sent a heartbeat");
            await Task.Delay(50, _report.Stop);
        }

        return count == _plan.Boards;
    }

    private void WritePulse(RequestPulse pulse)
    {
        IReadOnlyList<PulseSecond> seconds = pulse.Seconds();
        int begin = seconds.TakeWhile(second => second.Requests == 0).Count();
        _report.Table(
            ["second", "boards' first requests", "requests", "most within 100 ms"],
            seconds.Skip(begin).Take(ShownSeconds).Select((second, index) => new[] { $"{begin + index + 1}", $"{second.First}", $"{second.Requests}", $"{second.Most}" }));
        PulseSecond[] busy = [.. seconds.Skip(begin)];
        if (busy.Length > 0)
        {
            _report.Text($"In all {busy.Sum(second => second.Requests)} requests over {busy.Length} s, "
                + $"{busy.Average(second => second.Requests):F0} a second on average and {busy.Max(second => second.Requests)} at most.");
        }
    }

    private void WriteSteady(string title, string[] columns, SteadyState first, SteadyState? second, SteadyState? watched = null)
    {
        SteadyState state = watched ?? second ?? first;
        _report.Heading(title);
        _report.Table(columns, first.Figures.Select((figure, index) => Row(figure, second?.Figures[index].Value)));
        _report.Text($"{state.Lost} times a node was Ready and then was not; {state.Failed} heartbeats failed.");
        CheckSpread(title, state.Writes);
        CheckSpread(title, state.Requests, "requests");
        if (state.Lost > 0)
        {
            _broken.Add($"{title}: not all were Ready throughout");
        }
    }

    private static string[] Row((string Name, string Format, double Value) figure, double? other)
    {
        string value = figure.Value.ToString(figure.Format, System.Globalization.CultureInfo.InvariantCulture);
        return other is not { } by
            ? [figure.Name, value]
            : [figure.Name, value, by.ToString(figure.Format, System.Globalization.CultureInfo.InvariantCulture), Ratio(figure.Value, by)];
    }

    private static string Ratio(double one, double other) => other == 0 ? "" : (one / other).ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
}
