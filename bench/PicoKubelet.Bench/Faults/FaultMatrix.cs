using System.Globalization;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Faults;

/// <summary>Runs all scenarios with several seeds each, and prints the worst of each.</summary>
internal static class FaultMatrix
{
    private static readonly string[] Columns =
    [
        "fault", "lasts", "Ready as the cluster sees it", "back to Ready, s", "bound", "requests", "bound", "in 10 s", "reboots", "B/heartbeat before, after", "",
    ];

    /// <summary>Runs the matrix.</summary>
    /// <param name="runs">The runs of each scenario; the first one's seed is 1.</param>
    /// <param name="report">Where the table goes.</param>
    /// <returns>What does not hold.</returns>
    public static List<string> Run(int runs, Report report)
    {
        List<string> violations = [];
        List<string[]> rows = [];
        List<string[]> logs = [];
        foreach (FaultScenario scenario in FaultScenarios.All)
        {
            report.Progress.Phase($"{scenario.Name}: {rows.Count + 1} of {FaultScenarios.All.Count}");
            FaultResult[] results = [.. Enumerable.Range(1, runs).Select(seed => Run(scenario, seed, report))];
            violations.AddRange(results.SelectMany((result, index) => result.Violations.Select(violation => $"{scenario.Name} (seed {index + 1}): {violation}")));
            rows.Add(Row(scenario, results));
            logs.Add([scenario.Name, string.Join('\n', results[0].Log)]);
        }

        report.Text($"Simulated time, {runs} runs of each with different seeds; figures are the worst of them, what the cluster saw is the first's.");
        report.Table(Columns, rows);
        report.Text("What the board logs, in the first run:");
        report.Table(["fault", "log"], logs);
        return violations;
    }

    private static FaultResult Run(FaultScenario scenario, int seed, Report report)
    {
        report.Stop.ThrowIfCancellationRequested();
        return FaultRun.Run(scenario, seed);
    }

    private static string[] Row(FaultScenario scenario, FaultResult[] results)
    {
        FaultResult worst = results.MaxBy(result => Math.Abs(result.BytesAfter - result.BytesBefore))!;
        return
        [
            scenario.Name,
            Duration(scenario.Seconds),
            results[0].Seen,
            results.Max(result => result.SecondsToReady).ToString("F1", CultureInfo.InvariantCulture),
            Number(scenario.MaxSecondsToReady),
            Number(results.Max(result => result.Requests)),
            Number(scenario.MaxRequests),
            Number(results.Max(result => result.Peak)),
            Number(results.Max(result => result.Reboots)),
            string.Create(CultureInfo.InvariantCulture, $"{worst.BytesBefore:F0}, {worst.BytesAfter:F0}"),
            results.All(result => result.Violations.Count == 0) ? "ok" : "FAILED",
        ];
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Duration(int seconds) => seconds switch
    {
        0 => "-",
        < 60 => $"{seconds} s",
        < 3600 => $"{seconds / 60} min",
        _ => $"{seconds / 3600} h",
    };
}
