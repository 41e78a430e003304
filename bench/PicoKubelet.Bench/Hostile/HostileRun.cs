using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using PicoKubelet.ApiServer;
using PicoKubelet.Bench.Reporting;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.Bench.Hostile;

/// <summary>A virtual board with real sockets, clients that are up to no good, and its heartbeats meanwhile.</summary>
internal static class HostileRun
{
    private const string Address = "127.0.88.7";

    // The runtime's own, which come and go.
    private const int Tolerance = 4;

    // A heartbeat each second, so that there are enough of them to tell; the jitter is 4 %.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = Interval * 1.04;

    /// <summary>Runs all attacks.</summary>
    /// <param name="seconds">How long each takes, about.</param>
    /// <param name="maxLateness">How late a heartbeat may be.</param>
    /// <param name="isAlone">Whether nothing else runs in this process, so that its handles are the board's and the clients'.</param>
    /// <param name="report">Where the table goes.</param>
    /// <returns>What does not hold.</returns>
    public static async Task<List<string>> RunAsync(double seconds, TimeSpan maxLateness, bool isAlone, Report report)
    {
        await using EmbeddedApiServer server = await EmbeddedApiServer.StartAsync(new ApiServerOptions { Https = true, AdminToken = "admin" });
        ConcurrentQueue<DateTimeOffset> heartbeats = new();
        server.RequestServed += request =>
        {
            if (request is { Method: "PATCH", Status: 200 } && request.Path.Contains("/leases/", StringComparison.Ordinal))
            {
                heartbeats.Enqueue(request.At);
            }
        };
        await using SimulatedBoard board = new(new BoardOptions
        {
            Name = "hostile",
            ApiServer = server.Url,
            Token = server.AdminToken,
            CaPem = server.CaPem,
            Address = Address,
            KubeletToken = HostileAttacks.Token,
            LeaseInterval = Interval,
        });
        board.Start();
        report.Progress.Phase($"a board joins");
        await WaitUntilAsync(() => heartbeats.Count >= 3, report.Stop);
        int handles = Handles();
        List<string> violations = [];
        List<string[]> rows = [];
        foreach (HostileAttack attack in HostileAttacks.All)
        {
            report.Progress.Phase($"{attack.Name}: {rows.Count + 1} of {HostileAttacks.All.Count}");
            rows.Add(await RunAsync(attack, board, heartbeats, TimeSpan.FromSeconds(seconds), maxLateness, violations, report.Stop));
        }

        if (isAlone)
        {
            await WaitUntilAsync(() => Handles() <= handles + Tolerance, report.Stop);
            Check(violations, Handles() <= handles + Tolerance, $"{Handles()} handles, {handles} before");
        }

        report.Text(string.Create(
            CultureInfo.InvariantCulture,
            $"A heartbeat each {Interval.TotalSeconds:F0} s and 4 % more at most, over TLS; a client that means well asks for /healthz each 100 ms. "
            + $"Late is what a heartbeat was behind those 4 %; at most {maxLateness.TotalMilliseconds:F0} ms."));
        report.Table(["attack", "connections", "answers", "heartbeats", "late, ms", "/healthz", "slowest, ms", "failed"], rows);
        Check(violations, board.Boots == 1, "the board rebooted");
        return violations;
    }

    private static async Task<string[]> RunAsync(
        HostileAttack attack, SimulatedBoard board, ConcurrentQueue<DateTimeOffset> heartbeats, TimeSpan time, TimeSpan maxLateness, List<string> violations, CancellationToken stop)
    {
        IPEndPoint endPoint = new(IPAddress.Parse(Address), board.KubeletPort);
        HostileTally tally = new(stop);
        int before = heartbeats.Count;
        HostileProbe probe;
        using (probe = new HostileProbe(endPoint))
        {
            attack.Run(endPoint, time, tally);
            stop.ThrowIfCancellationRequested();

            // The heartbeat that the attack may have held up.
            int soFar = heartbeats.Count;
            await WaitUntilAsync(() => heartbeats.Count > soFar, stop);
        }

        DateTimeOffset[] times = [.. heartbeats.Skip(before - 1)];
        TimeSpan longest = times.Zip(times.Skip(1), (first, second) => second - first).Max();
        double late = Math.Max(0, (longest - LongestInterval).TotalMilliseconds);
        Check(violations, late <= maxLateness.TotalMilliseconds, $"{attack.Name}: a heartbeat late by {late:F0} ms");
        Check(violations, attack.IsRight(tally), $"{attack.Name}: answers {tally.Statuses}");
        Check(violations, probe.Answered > 0, $"{attack.Name}: nobody else was served");
        violations.AddRange(tally.Violations.Keys.Select(violation => $"{attack.Name}: {violation}"));
        return
        [
            attack.Name,
            Number(tally.Clients),
            tally.Clients == 0 ? "" : tally.Statuses,
            Number(times.Length - 1),
            Number(late),
            Number(probe.Answered),
            Number(probe.Slowest.TotalMilliseconds),
            Number(probe.Failed),
        ];
    }

    private static async Task WaitUntilAsync(Func<bool> condition, CancellationToken stop)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); !condition() && watch.Elapsed < TimeSpan.FromSeconds(60);)
        {
            await Task.Delay(20, stop);
        }
    }

    private static int Handles() => Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : 0;

    private static string Number(double number) => number.ToString("F0", CultureInfo.InvariantCulture);

    private static void Check(List<string> violations, bool condition, string what)
    {
        if (!condition)
        {
            violations.Add(what);
        }
    }
}
