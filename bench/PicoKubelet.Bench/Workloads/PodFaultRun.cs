using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using PicoKubelet.Bench.Clusters;
using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Real;
using PicoKubelet.Bench.Reporting;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.Bench.Workloads;

/// <summary>A board with three pods against a real control plane with kube-scheduler, and whatever may happen to it.</summary>
internal sealed partial class PodFaultRun : IAsyncDisposable
{
    // From an API server that comes back to Ready again (the design's section 9).
    private const int MaxSecondsToReady = 15;

    // Below an eighth of its heap a board has MemoryPressure.
    private const int FloorShare = 8;
    private const int GraceSeconds = 12;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly ControlPlane _plane;
    private readonly PodSpace _space;
    private readonly TcpFaultProxy _proxy;
    private readonly PodFaultPlan _plan;
    private readonly Report _report;
    private readonly LeaseCadence _cadence = new(Interval);
    private readonly List<string> _violations = [];
    private readonly List<string[]> _rows = [];
    private string _current = "";

    private PodFaultRun(ControlPlane plane, PodSpace space, PodFaultPlan plan, Report report)
    {
        (_plane, _space, _plan, _report) = (plane, space, plan, report);
        _proxy = new TcpFaultProxy(plane.Url);
    }

    /// <summary>Runs the plan.</summary>
    /// <param name="plan">What is done.</param>
    /// <param name="report">Where the table goes.</param>
    /// <returns>What does not hold.</returns>
    public static async Task<List<string>> RunAsync(PodFaultPlan plan, Report report)
    {
        if (ControlPlaneAssets.FindFault() is { } fault)
        {
            return [fault];
        }

        report.Progress.Phase($"a control plane starts");
        Dictionary<string, string> environment = new() { ["SCHEDULER"] = "yes", ["NODE_GRACE"] = $"{GraceSeconds}s", ["NODE_PERIOD"] = "1s", ["NODE_EVICTION_RATE"] = "100" };
        await using ControlPlane plane = await ControlPlane.StartAsync(environment, report.Stop);
        await using PodFaultRun run = new(plane, await PodSpace.CreateAsync(plane, report.Stop), plan, report);
        try
        {
            await run.RunAllAsync();
        }
        finally
        {
            run.Write();
        }

        return run._violations;
    }

    public async ValueTask DisposeAsync()
    {
        _cadence.Dispose();
        await DisposeBoardsAsync();
        _proxy.Dispose();
        _registry.Dispose();
        _liar.Dispose();
    }

    private async Task RunAllAsync()
    {
        _report.Progress.Phase($"two boards join, and three pods start");
        await StartBoardsAsync();
        await StartPodsAsync();
        foreach (PodFault fault in Faults().Where(fault => _plan.Only.Count == 0 || _plan.Only.Contains(fault.Name)))
        {
            _current = fault.Name;
            _report.Progress.Phase($"{fault.Name}");
            await RunAsync(fault);
        }
    }

    private async Task RunAsync(PodFault fault)
    {
        await fault.PrepareAsync();
        Require(await WaitUntilWellAsync(DateTimeOffset.UtcNow), "the board or its pods are not Ready before it");
        if (fault.Starts > 0)
        {
            await WaitUntilKeptAsync();
        }

        PodFacts[] before = await LookAsync();
        int? counted = await _probe.FindCountAsync();
        _probe.TakeLeastFreeHeap();
        _cadence.Begin(_board);
        string seen = await fault.RunAsync();
        Stopwatch back = Stopwatch.StartNew();
        bool isWell = await WaitUntilWellAsync(fault.IsOutage || fault.Starts > 0 ? DateTimeOffset.UtcNow : DateTimeOffset.MinValue);
        double took = back.Elapsed.TotalSeconds;
        if (fault.IsOutage || fault.Starts > 0)
        {
            _cadence.Begin(_board);
        }

        // The one that it may have held up.
        Require(await WaitAsync(() => _cadence.Count > 0), "no heartbeat");
        double late = Math.Max(0, _cadence.End());
        long? free = _probe.TakeLeastFreeHeap();
        long floor = _board.Model.TotalHeap / FloorShare;
        Require(isWell && took <= MaxSecondsToReady, $"the board and its pods are Ready after {took:F1} s");
        Require(late <= _plan.MaxLateness.TotalMilliseconds, $"a heartbeat late by {late:F0} ms");
        Require(free >= floor, $"{free} bytes of heap free, and {floor} are the floor");
        Require(_board.RebootReason is null, $"the board rebooted: {_board.RebootReason}");
        int restarts = Compare(before, await LookAsync(), fault);
        if (fault.Starts == 0)
        {
            int? goesOn = await _probe.FindCountAsync();
            Require(goesOn >= counted, $"the program that counts was at {counted}, and is at {goesOn}");
        }

        _rows.Add([fault.Name, seen, Number(took, 1), $"{restarts} ({fault.Starts})", Number(late, 0), Number((free ?? 0) / 1024, 0)]);
    }

    /// <returns>The most restarts of a pod.</returns>
    private int Compare(PodFacts[] before, PodFacts[] after, PodFault fault)
    {
        int most = 0;
        for (int i = 0; i < before.Length; i++)
        {
            int restarts = after[i].Restarts - before[i].Restarts;
            most = Math.Max(most, restarts);
            Require(after[i].Uid == before[i].Uid, $"{Pods[i].Name} is another pod");
            Require(restarts == fault.Starts, $"{Pods[i].Name} was restarted {restarts} times");
            Require(after[i].StartTime == before[i].StartTime, $"{Pods[i].Name} has another start time");
            Require(fault.Starts > 0 || after[i].StartedAt == before[i].StartedAt, $"the container of {Pods[i].Name} was started again");
        }

        return most;
    }

    private async Task<PodFacts[]> LookAsync() => [.. await Task.WhenAll(Pods.Select(async pod => PodFacts.Of(await _space.FindAsync(pod.Name))))];

    /// <summary>Waits until the board has renewed its Lease, and it and its pods are Ready.</summary>
    private async Task<bool> WaitUntilWellAsync(DateTimeOffset since)
    {
        return await WaitAsync(async () => await ReadyAsync(First) == "True" && await RenewedAsync(First) >= since && (await LookAsync()).All(pod => pod.IsReady));
    }

    private async Task<string> ReadyAsync(string node)
    {
        JsonNode? found = await _plane.FindAsync("/api/v1/nodes/" + node);
        JsonNode? ready = found?["status"]?["conditions"]?.AsArray().FirstOrDefault(condition => (string?)condition!["type"] == "Ready");
        return found is null ? "none" : (string?)ready?["status"] ?? "not set";
    }

    private async Task<DateTimeOffset> RenewedAsync(string node)
    {
        JsonNode? lease = await _plane.FindAsync("/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/" + node);
        return (string?)lease?["spec"]?["renewTime"] is { } time ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) : default;
    }

    private Task<bool> WaitAsync(Func<bool> condition) => WaitAsync(() => Task.FromResult(condition()));

    private async Task<bool> WaitAsync(Func<Task<bool>> condition)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < Timeout; await Task.Delay(Glance, _report.Stop))
        {
            if (await condition())
            {
                return true;
            }
        }

        return false;
    }

    private Task LastAsync() => Task.Delay(_plan.Lasts, _report.Stop);

    private void Require(bool condition, string what)
    {
        if (!condition)
        {
            _violations.Add($"{_current}: {what}");
        }
    }

    private void Write()
    {
        _report.Text(string.Create(
            CultureInfo.InvariantCulture,
            $"{_plane.Name} with kube-scheduler; a node is Unknown after {GraceSeconds} s. A virtual {_board.Model.Name} with three pods: one counts and logs, one computes, one sleeps. "
            + $"A Lease each {Interval.TotalSeconds:F0} s and 4 % more at most; late is what a renewal was behind that, outages and starts left out: at most {_plan.MaxLateness.TotalMilliseconds:F0} ms. "
            + $"Back is until the board and the three are Ready: at most {MaxSecondsToReady} s. Free is the least of the model's heap less what pods take: "
            + $"at least {_board.Model.TotalHeap / FloorShare / 1024} KB. Load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}."));
        _report.Table(["fault", "seen", "back, s", "restarts (expected)", "late, ms", "free, KB"], _rows);
        if (!LocalRegistry.IsAvailable)
        {
            _report.Text("Left out: a registry that comes back; docker-registry or skopeo is not installed.");
        }
    }

    private static string Number(double number, int digits) => number.ToString("F" + digits, CultureInfo.InvariantCulture);
}
