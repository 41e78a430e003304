using System.Diagnostics;
using System.Text.Json.Nodes;
using PicoKubelet.Bench.Costs;
using PicoKubelet.Bench.Workloads;
using PicoKubelet.Bench.Workloads.Programs;
using PicoKubelet.Settings;

namespace PicoKubelet.Bench.Fleet;

// The boards without pods, and the same with one each.
internal sealed partial class FleetRun
{
    private const string DaemonSets = "daemonsets";
    private const string Name = "says";

    // kube-controller-manager sends twenty requests a second.
    private static readonly TimeSpan RolloutTimeout = TimeSpan.FromMinutes(20);

    private static readonly string[] Programs = ["kube-apiserver", "etcd", "kube-controller-manager", PlaneSnapshot.Scheduler, "fleet"];

    private async Task RunPodsAsync(ControlPlane plane, IReadOnlyDictionary<string, string> tokens, NodeWatch nodes)
    {
        _report.Progress.Phase($"certificates for {_plan.Boards} boards");
        IReadOnlyDictionary<string, TlsIdentity> certificates = await CertifyAsync(plane, [.. tokens.Keys]);
        (SteadyState without, long memoryWithout) = await RunWithoutAsync(plane, tokens, certificates, nodes);
        (SteadyState with, long memoryWith) = await RunWithAsync(plane, tokens, certificates, nodes);
        WriteSteady($"Steady state, {_plan.Steady.TotalMinutes:F1} min", ["", "a pod each", "without pods", "ratio"], with, without, watched: with);
        _report.Text($"Managed memory a board: {memoryWith} KB with a pod, {memoryWithout} KB without.");
    }

    // Each in a method of its own, which holds nothing of the other's boards.
    private async Task<(SteadyState State, long Kilobytes)> RunWithoutAsync(
        ControlPlane plane, IReadOnlyDictionary<string, string> tokens, IReadOnlyDictionary<string, TlsIdentity> certificates, NodeWatch nodes)
    {
        long unused = GC.GetTotalMemory(forceFullCollection: true);
        await using BoardFleet fleet = new(plane, tokens, "lease", certificates);
        await StartAsync("Start without pods", plane, fleet, nodes);
        await WaitAsync("the boards settle", _plan.Settling);
        SteadyState state = await WatchAsync(plane, fleet, nodes);
        return (state, KilobytesSince(unused));
    }

    private async Task<(SteadyState State, long Kilobytes)> RunWithAsync(
        ControlPlane plane, IReadOnlyDictionary<string, string> tokens, IReadOnlyDictionary<string, TlsIdentity> certificates, NodeWatch nodes)
    {
        PodSpace space = await PodSpace.CreateAsync(plane, _report.Stop);
        long unused = GC.GetTotalMemory(forceFullCollection: true);
        await using BoardFleet fleet = new(plane, tokens, "lease", certificates, offersPods: true);
        await StartAsync("Start with room for pods", plane, fleet, nodes);
        await WaitAsync("the boards settle", _plan.Settling);
        await RollOutAsync("A DaemonSet", plane, fleet, () => CreateAsync(space));
        await RollOutAsync($"Its second version, maxUnavailable {_plan.MaxUnavailable}", plane, fleet, () => ReplaceAsync(plane, space));
        await WaitAsync("the boards settle", _plan.Settling);
        SteadyState state = await WatchAsync(plane, fleet, nodes);
        CheckRunning(fleet);
        return (state, KilobytesSince(unused));
    }

    private long KilobytesSince(long bytes) => (GC.GetTotalMemory(forceFullCollection: true) - bytes) / _plan.Boards / 1024;

    private Task<SteadyState> WatchAsync(ControlPlane plane, BoardFleet fleet, NodeWatch nodes)
    {
        _report.Progress.Phase($"the steady state is watched for {_plan.Steady.TotalMinutes:F1} min");
        return SteadyState.WatchAsync(plane, fleet, nodes, _plan.Steady, _report.Stop);
    }

    private async Task<IReadOnlyDictionary<string, TlsIdentity>> CertifyAsync(ControlPlane plane, string[] names)
    {
        TlsIdentity[] certificates = new TlsIdentity[names.Length];
        ParallelOptions options = new() { MaxDegreeOfParallelism = 16, CancellationToken = _report.Stop };
        await Parallel.ForAsync(0, names.Length, options, async (index, _) => certificates[index] = await NodeCertificate.CreateAsync(plane, names[index]));
        return names.Zip(certificates).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private async Task CreateAsync(PodSpace space)
    {
        await space.AddProgramsAsync("one", (Name, WellBehaved.Saying("one")));
        JsonObject strategy = new() { ["rollingUpdate"] = new JsonObject { ["maxUnavailable"] = _plan.MaxUnavailable } };
        await space.RunAsync(DaemonSets, Name, new JsonObject { ["updateStrategy"] = strategy }, PodSpace.Spec("one", Name));
    }

    private static async Task ReplaceAsync(ControlPlane plane, PodSpace space)
    {
        await space.AddProgramsAsync("two", (Name, WellBehaved.Saying("two")));
        JsonObject template = new() { ["spec"] = PodSpace.Spec("two", Name) };
        await plane.PatchAsync(PodSpace.PathOf(DaemonSets, Name), new JsonObject { ["spec"] = new JsonObject { ["template"] = template } });
    }

    private async Task RollOutAsync(string title, ControlPlane plane, BoardFleet fleet, Func<Task> begin)
    {
        _report.Progress.Phase($"{title}");
        PlaneSnapshot before = await PlaneSnapshot.TakeAsync(plane);
        long failed = fleet.HeartbeatsFailed;
        using RequestPulse pulse = new(fleet);
        Stopwatch watch = Stopwatch.StartNew();
        await begin();
        int ready;
        while ((ready = await CountReadyAsync(plane)) < _plan.Boards && watch.Elapsed < RolloutTimeout)
        {
            _report.Progress.Say($"{title}: {ready} of {_plan.Boards} pods run");
            await Task.Delay(200, _report.Stop);
        }

        double seconds = watch.Elapsed.TotalSeconds;
        pulse.Dispose();
        PlaneSnapshot after = await PlaneSnapshot.TakeAsync(plane);
        Spread requests = pulse.Requests();
        _report.Heading(title);
        _report.Text($"{ready} of {_plan.Boards} pods Running and Ready after {seconds:F1} s, {ready / seconds:F1} a second; {fleet.HeartbeatsFailed - failed} heartbeats failed.");
        _report.Text($"The boards' requests: {requests.Mean:F0} a second on average, {requests.Peak:F0} at most. CPU %: "
            + string.Join(", ", Programs.Select(program => $"{program} {after.Rate("cpu " + program, before) * 100:F0}")) + ".");
        if (ready < _plan.Boards)
        {
            _broken.Add($"{title}: {ready} of {_plan.Boards} pods run after {seconds:F0} s");
        }
    }

    /// <summary>Counts the pods of the newest version that are Ready; 0 while the controller does not know that version.</summary>
    private static async Task<int> CountReadyAsync(ControlPlane plane)
    {
        JsonNode? set = await plane.FindAsync(PodSpace.PathOf(DaemonSets, Name));
        JsonNode? status = set?["status"];
        bool isKnown = status?["observedGeneration"] is { } observed && (long)observed >= (long)set!["metadata"]!["generation"]!;
        return isKnown ? Math.Min((int?)status!["numberReady"] ?? 0, (int?)status["updatedNumberScheduled"] ?? 0) : 0;
    }

    private void CheckRunning(BoardFleet fleet)
    {
        int running = fleet.Boards.Count(board => board.Pods is [var pod] && pod.EndsWith(" Running", StringComparison.Ordinal));
        if (running < _plan.Boards)
        {
            _broken.Add($"{running} of {_plan.Boards} boards run their pod alone at the end");
        }
    }
}
