using System.Diagnostics;
using System.Globalization;
using PicoKubelet.Bench.Clusters;
using PicoKubelet.Bench.Reporting;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.Bench.Real;

/// <summary>The faults that show something new where the programs are real: real time, real TLS, a real kube-apiserver.</summary>
internal sealed class RealFaults : IAsyncDisposable
{
    private const string Name = "pico-real";

    // So that a fault of half a minute shows: a node is Unknown when it missed two heartbeats.
    private const int GraceSeconds = 12;
    private const int LeaseSeconds = 5;
    private const int MaxSecondsToReady = 15;
    private const int Faults = 7;
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(30);

    private readonly RealCluster _cluster;
    private readonly TcpFaultProxy _proxy;
    private readonly List<string> _violations = [];
    private readonly List<string[]> _rows = [];
    private SimulatedBoard _board;

    private readonly Report _report;

    private RealFaults(RealCluster cluster, string token, Report report)
    {
        _cluster = cluster;
        _report = report;
        _proxy = new TcpFaultProxy(cluster.Url);
        _board = NewBoard(token);
    }

    /// <summary>Runs all of them.</summary>
    /// <param name="report">Where the table goes.</param>
    /// <returns>What does not hold.</returns>
    public static async Task<List<string>> RunAsync(Report report)
    {
        // Without the variable the script looks where the tests put the programs.
        if (Environment.GetEnvironmentVariable(ControlPlaneAssets.Variable) is { Length: > 0 } && ControlPlaneAssets.FindFault() is { } fault)
        {
            return [fault];
        }

        report.Progress.Phase($"a control plane starts");
        await using RealCluster cluster = await RealCluster.StartAsync(GraceSeconds, report.Stop);
        await using RealFaults faults = new(cluster, await cluster.CreateBoardAsync(Name), report);
        try
        {
            await faults.RunAllAsync();
        }
        finally
        {
            report.Text($"Real time, a real control plane: Leases each {LeaseSeconds} s, nodes are Unknown after {GraceSeconds} s.");
            report.Table(["fault", "lasts", "Ready as the cluster sees it", "back to Ready, s", "bound", "connections", "heartbeats failed", "boots"], faults._rows);
        }

        return faults._violations;
    }

    public async ValueTask DisposeAsync()
    {
        await _board.DisposeAsync();
        _proxy.Dispose();
    }

    private async Task RunAllAsync()
    {
        _board.Start();
        await WaitForReadyAsync(DateTimeOffset.UtcNow);
        await RunAsync("half-open", Lasts, () => Set(ProxyMode.HalfOpen), () => Set(ProxyMode.Pass));
        await RunAsync("each connection is reset", Lasts, () => Set(ProxyMode.Reset), () => Set(ProxyMode.Pass));
        await RunAsync("connections break in the middle of replies", Lasts, () => Set(ProxyMode.MidReply), () => Set(ProxyMode.Pass));
        await RunAsync("Node deleted", TimeSpan.Zero, () => _cluster.DeleteNodeAsync(Name), () => Task.CompletedTask);
        await RunAsync("Lease deleted", TimeSpan.Zero, () => _cluster.DeleteLeaseAsync(Name), () => Task.CompletedTask);
        await RunAsync("token revoked, the board started with another one", Lasts, () => _cluster.RevokeAsync(Name), RenewTokenAsync);

        // Last: kube-controller-manager takes its time to come back after that, and notices nothing until then.
        await RunAsync("kube-apiserver killed, started again", Lasts, _cluster.StopApiServerAsync, _cluster.StartApiServerAsync);
    }

    private async Task RunAsync(string name, TimeSpan lasts, Func<Task> begin, Func<Task> end)
    {
        _report.Progress.Phase($"{name}: {_rows.Count + 1} of {Faults}");
        int connections = _proxy.Connections;
        long failed = _board.State.HeartbeatsFailed;
        int boots = _board.Boots;
        Stopwatch watch = Stopwatch.StartNew();
        await begin();
        List<string> seen = ["True"];
        while (watch.Elapsed < lasts)
        {
            await LookAsync(seen, watch);
        }

        failed = _board.State.HeartbeatsFailed - failed;
        int tried = _proxy.Connections - connections;
        await end();
        Stopwatch back = Stopwatch.StartNew();
        DateTimeOffset ended = DateTimeOffset.UtcNow;
        bool isReady = await WaitForReadyAsync(ended);
        double took = back.Elapsed.TotalSeconds;
        await LookAsync(seen, watch);
        Require(isReady && took <= MaxSecondsToReady, $"{name}: back to Ready after {took:F1} s");
        Require(tried <= 20 + (lasts.TotalSeconds / 3), $"{name}: {tried} connections");
        Require(_proxy.Open <= 1, $"{name}: {_proxy.Open} connections open");
        _rows.Add(
        [
            name,
            lasts == TimeSpan.Zero ? "-" : $"{lasts.TotalSeconds:F0} s",
            string.Join(", ", seen),
            took.ToString("F1", CultureInfo.InvariantCulture),
            MaxSecondsToReady.ToString(CultureInfo.InvariantCulture),
            tried.ToString(CultureInfo.InvariantCulture),
            failed.ToString(CultureInfo.InvariantCulture),
            (_board.Boots - boots).ToString(CultureInfo.InvariantCulture),
        ]);
    }

    private async Task LookAsync(List<string> seen, Stopwatch watch)
    {
        try
        {
            var (ready, _) = await _cluster.LookAsync(Name);
            if (!seen[^1].StartsWith(ready, StringComparison.Ordinal))
            {
                seen.Add(string.Create(CultureInfo.InvariantCulture, $"{ready} at {watch.Elapsed.TotalSeconds:F0} s"));
            }
        }
        catch (HttpRequestException)
        {
            // The API server is what is gone.
        }

        await Task.Delay(100, _report.Stop);
    }

    private async Task<bool> WaitForReadyAsync(DateTimeOffset since)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromMinutes(2);)
        {
            var (ready, renewed) = await _cluster.LookAsync(Name);
            if (ready == "True" && renewed >= since)
            {
                return true;
            }

            await Task.Delay(50, _report.Stop);
        }

        return false;
    }

    private Task Set(ProxyMode mode)
    {
        _proxy.Mode = mode;
        return Task.CompletedTask;
    }

    private async Task RenewTokenAsync()
    {
        await _cluster.CreateAccountAsync(Name);
        await _board.DisposeAsync();
        _board = NewBoard(await _cluster.CreateTokenAsync(Name));
        _board.Start();
    }

    private SimulatedBoard NewBoard(string token) => new(new BoardOptions
    {
        Name = Name,
        ApiServer = _proxy.Url,
        Token = token,
        CaPem = _cluster.CaPem,
        Address = "127.0.88.8",
        LeaseInterval = TimeSpan.FromSeconds(LeaseSeconds),
    });

    private void Require(bool condition, string what)
    {
        if (!condition)
        {
            _violations.Add(what);
        }
    }
}
