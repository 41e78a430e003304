using System.Diagnostics;
using System.Text.Json.Nodes;
using PicoKubelet.Api;
using PicoKubelet.Bench.Costs;
using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Real;
using PicoKubelet.Bench.Workloads.Programs;

namespace PicoKubelet.Bench.Workloads;

// Whatever is wrong between the board and the API server.
internal sealed partial class PodFaultRun
{
    private const string Mover = "moves";
    private const string Deleted = "deleted";

    // Until then it signs in, and its pods run.
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(25);

    // Where connections stay open and silent, a watch notices after so long.
    private const int MaxSecondsToHear = (ApiClient.MaxSilence / 1000) + MaxSecondsToReady;

    private DateTimeOffset _expires;

    private IEnumerable<PodFault> Faults() =>
    [
        new("none, for comparison", async () =>
        {
            await LastAsync();
            return "";
        }),
        .. ProgramFaults(),
        new("Node deleted", DeleteNodeAsync),
        new("pod deleted while the board is off", DeletePodAsync) { Starts = 2 },
        new("silent, its pod bound to a second board", MovePodAsync) { IsOutage = true },
        new("half-open connections", CutOffAsync) { IsOutage = true },
        new("token revoked", RevokeAsync) { PrepareAsync = async () => await SignInAsync(null, await CreateTokenAsync()), Starts = 1, IsOutage = true },
        new("certificate expired", ExpireAsync) { PrepareAsync = SignInForAMomentAsync, Starts = 1, IsOutage = true },
        new("kube-apiserver killed, started again", KillApiServerAsync) { IsOutage = true },
    ];

    private async Task<string> CutOffAsync()
    {
        _proxy.Mode = ProxyMode.HalfOpen;
        await LastAsync();
        string seen = "Ready " + await ReadyAsync(First);
        _proxy.Mode = ProxyMode.Pass;
        return seen;
    }

    private async Task<string> KillApiServerAsync()
    {
        await _plane.StopApiServerAsync();
        await LastAsync();
        await _plane.StartApiServerAsync();
        return "pods run on";
    }

    private async Task<string> RevokeAsync()
    {
        await _plane.DeleteAsync($"/api/v1/namespaces/{FleetIdentities.Namespace}/serviceaccounts/{First}");
        await LastAsync();
        return await SignInAgainAsync();
    }

    private async Task SignInForAMomentAsync()
    {
        _expires = DateTimeOffset.UtcNow + Validity;
        await SignInAsync(await NodeCertificate.CreateAsync(_plane, First, Validity), null);
    }

    private async Task<string> ExpireAsync()
    {
        await WaitAsync(() => DateTimeOffset.UtcNow > _expires);
        await LastAsync();
        return await SignInAgainAsync();
    }

    private async Task<string> SignInAgainAsync()
    {
        string seen = $"Ready {await ReadyAsync(First)}, {_board.Pods.Count} pods run on; a new one at the start";
        Require(_board.Pods.Count == Pods.Length && _board.Pods.All(pod => pod.EndsWith(" Running", StringComparison.Ordinal)), $"pods: {string.Join(", ", _board.Pods)}");
        await SignInAsync(await NodeCertificate.CreateAsync(_plane, First), null);
        return seen;
    }

    private async Task<string> DeleteNodeAsync()
    {
        string uid = await UidAsync();
        Stopwatch watch = Stopwatch.StartNew();
        await _plane.DeleteAsync("/api/v1/nodes/" + First);
        Require(await WaitAsync(async () => await UidAsync() is { Length: > 0 } another && another != uid), "the Node does not come back");
        return $"back after {Number(watch.Elapsed.TotalSeconds, 1)} s, pods adopted";
    }

    private async Task<string> UidAsync() => (string?)(await _plane.FindAsync("/api/v1/nodes/" + First))?["metadata"]?["uid"] ?? "";

    private async Task<string> DeletePodAsync()
    {
        await _space.AddProgramsAsync(Deleted, (Deleted, WellBehaved.Holding(DeletedPin)));
        await _space.RunAsync(Deleted, Holding(DeletedPin, On(First, PodSpace.Spec(Deleted, Deleted))));
        Require(await WaitAsync(() => _board.IsPinHigh(DeletedPin)), "the pod does not run");
        Require(await WaitAsync(() => CountKept() > Pods.Length), "the pod is not kept");
        _board.Stop();
        await _space.DeleteAsync(Deleted, graceSeconds: 0);
        _board.Start();

        // It is kept in the board's storage, and runs until the cluster tells.
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan acted = TimeSpan.Zero;
        await WaitAsync(() =>
        {
            acted = _board.IsPinHigh(DeletedPin) ? watch.Elapsed : acted;
            return _board.State.IsRegistered && !HasPod(Deleted) && CountKept() == Pods.Length;
        });
        Require(!HasPod(Deleted) && watch.Elapsed.TotalSeconds < MaxSecondsToReady, $"the deleted pod ends {watch.Elapsed.TotalSeconds:F1} s after the start");

        // From then on it never starts again, not even where no cluster can be asked.
        await WaitAsync(async () => (await LookAsync()).All(pod => pod.IsReady));
        await WaitUntilKeptAsync();
        _board.Stop();
        _board.LoseWifi();
        _board.Start();
        bool isRunning = await WaitAsync(() => _board.Pods.Count >= Pods.Length);
        Require(isRunning && !HasPod(Deleted) && !_board.IsPinHigh(DeletedPin), "the deleted pod starts again");
        _board.RestoreWifi();
        return $"acts for {Number(acted.TotalSeconds, 1)} s more, until the cluster tells; then never again";
    }

    private int CountKept() => Directory.GetFiles(_state, "pod-*.cache").Length;

    private bool HasPod(string name) => _board.Pods.Any(pod => pod.StartsWith($"{PodSpace.Name}/{name}", StringComparison.Ordinal));

    private async Task<string> MovePodAsync()
    {
        await SetSchedulingAsync(Second, isOff: true);
        await _space.AddProgramsAsync(Mover, (Mover, WellBehaved.Holding(MovedPin)));
        JsonObject spec = Holding(MovedPin, PodSpace.Spec(Mover, Mover));
        spec["tolerations"]!.AsArray().Add(JsonNode.Parse("""{"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":1}"""));
        await _space.RunAsync("deployments", Mover, new JsonObject { ["replicas"] = 1 }, spec);
        Require(await WaitAsync(() => _board.IsPinHigh(MovedPin)), "the pod does not run");
        await SetSchedulingAsync(Second, isOff: false);

        Stopwatch watch = Stopwatch.StartNew();
        _proxy.Mode = ProxyMode.HalfOpen;
        Require(await WaitAsync(() => _second.IsPinHigh(MovedPin)), "the second board does not run the pod");
        double moved = watch.Elapsed.TotalSeconds;
        bool isStillOn = _board.IsPinHigh(MovedPin);
        watch.Restart();
        _proxy.Mode = ProxyMode.Pass;
        Require(await WaitAsync(() => !_board.IsPinHigh(MovedPin) && !HasPod(Mover)), "two copies act");
        double heard = watch.Elapsed.TotalSeconds;
        Require(heard <= MaxSecondsToHear, $"two copies act for {heard:F1} s after the first could hear of it");
        Require(_second.IsPinHigh(MovedPin), "no copy acts");
        await _plane.DeleteAsync(PodSpace.PathOf("deployments", Mover));
        await WaitAsync(() => !_second.IsPinHigh(MovedPin));
        return $"on the second after {Number(moved, 1)} s; the first acts {(isStillOn ? $"on, until {Number(heard, 1)} s after it can hear" : "no more")}";
    }

    private Task SetSchedulingAsync(string node, bool isOff) =>
        _plane.PatchAsync("/api/v1/nodes/" + node, new JsonObject { ["spec"] = new JsonObject { ["unschedulable"] = isOff ? true : null } });
}
