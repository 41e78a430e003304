using System.Diagnostics;
using System.Globalization;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Soak;

/// <summary>Runs the soak, checks that nothing grew, and prints it.</summary>
internal static class SoakSummary
{
    // The interval is 10 s and up to 4 % more, by which heartbeats of many boards drift apart.
    private const long ShortestInterval = 9_500;
    private const long LongestInterval = 10_500;

    // The poll interval, its jitter of 4 %, and the request.
    private const long SlowestEdit = 31_300;

    // The old pod's end, the watch that tells of the new one, its program, and the report.
    private const long SlowestPod = 60_000;

    // The runtime's own, which come and go with its thread pool and its compiler.
    private const int Tolerance = 4;
    private const int Rows = 10;

    private static readonly string[] Columns =
    [
        "day", "heartbeats", "interval, s", "edits", "in force after, s", "faults", "back to Ready, s", "boots", "B/heartbeat", "B/scrape", "managed KB", "handles", "threads", "timers",
    ];

    private static readonly string[] PodColumns = ["rolled out or deleted", "ready after, s", "evicted", "restarts", "reports"];

    /// <summary>Runs the soak.</summary>
    /// <param name="days">Days of simulated time.</param>
    /// <param name="seed">What all chance comes from.</param>
    /// <param name="hasPods">Whether the board runs pods.</param>
    /// <param name="isAlone">Whether nothing else runs in this process, so that its memory and handles are the soak's.</param>
    /// <param name="report">Where the table goes.</param>
    /// <returns>What does not hold.</returns>
    public static List<string> Run(int days, int seed, bool hasPods, bool isAlone, Report report)
    {
        Stopwatch watch = Stopwatch.StartNew();
        SoakRun run = new(days, seed, hasPods, report);
        IReadOnlyList<SoakDay> results = run.Run();
        int step = Math.Max(1, days / Rows);
        report.Text($"{days} days, seed {seed}; metrics are scraped each minute. Intervals and edits are those while nothing is wrong; figures in bytes are of each day's last ten minutes.");
        if (hasPods)
        {
            report.Text($"Pods: {string.Join(", ", SoakPods.Kinds)}; by chance one is rolled out or deleted, all of them are evicted where memory is low.");
        }

        report.Table(hasPods ? [.. Columns, .. PodColumns] : Columns, results.Where(day => day.Number == 1 || day.Number % step == 0).Select(day => hasPods ? [.. Row(day), .. PodRow(day)] : Row(day)));
        report.Text(string.Create(
            CultureInfo.InvariantCulture,
            $"{results.Sum(day => day.Heartbeats):N0} heartbeats, {results.Sum(day => day.Edits)} edits, {results.Sum(day => day.Faults)} faults in {watch.Elapsed.TotalSeconds:F0} s."));
        CheckBoard(results, run.Violations);
        if (hasPods)
        {
            report.Text($"{results.Sum(day => day.PodChanges)} pods rolled out or deleted, {results.Sum(day => day.Evictions)} evicted; {results.Sum(day => day.Restarts)} restarts, {results.Sum(day => day.PodReports)} reports of their status.");
            CheckPods(results, run.Violations);
        }
        else
        {
            CheckAllocations(results, run.Violations);
        }

        if (isAlone)
        {
            CheckProcess(results, run.Violations);
        }

        return run.Violations;
    }

    private static void CheckBoard(IReadOnlyList<SoakDay> days, List<string> violations)
    {
        foreach (SoakDay day in days)
        {
            bool isSteady = day.LongestInterval <= LongestInterval && day.ShortestInterval >= ShortestInterval;
            Require(violations, isSteady, $"day {day.Number}: an interval of {day.ShortestInterval} to {day.LongestInterval} ms");
            Require(violations, day.SlowestEdit <= SlowestEdit, $"day {day.Number}: an edit in force after {day.SlowestEdit} ms");
        }
    }

    private static void CheckPods(IReadOnlyList<SoakDay> days, List<string> violations)
    {
        foreach (SoakDay day in days)
        {
            Require(violations, day.SlowestPod <= SlowestPod, $"day {day.Number}: a pod ready after {day.SlowestPod} ms");
            Require(violations, day.Restarts > 0, $"day {day.Number}: no program was started again");
        }
    }

    private static void CheckAllocations(IReadOnlyList<SoakDay> days, List<string> violations)
    {
        SoakDay first = First(days);
        SoakDay last = days[^1];
        Require(violations, last.BytesPerHeartbeat <= first.BytesPerHeartbeat + 1, $"{last.BytesPerHeartbeat:F1} bytes a heartbeat, {first.BytesPerHeartbeat:F1} at first");
        Require(violations, last.BytesPerScrape <= first.BytesPerScrape * 1.05, $"{last.BytesPerScrape:F1} bytes a scrape, {first.BytesPerScrape:F1} at first");
    }

    private static void CheckProcess(IReadOnlyList<SoakDay> days, List<string> violations)
    {
        SoakDay first = First(days);
        SoakDay last = days[^1];
        Require(violations, last.ManagedBytes <= first.ManagedBytes * 1.05, $"{last.ManagedBytes} bytes of managed memory, {first.ManagedBytes} at first");
        Require(violations, last.Handles <= first.Handles + Tolerance, $"{last.Handles} handles, {first.Handles} at first");
        Require(violations, last.Threads <= first.Threads + Tolerance, $"{last.Threads} threads, {first.Threads} at first");
        Require(violations, last.Timers <= first.Timers + Tolerance, $"{last.Timers} timers, {first.Timers} at first");
    }

    // The very first still fills what is filled once.
    private static SoakDay First(IReadOnlyList<SoakDay> days) => days[Math.Min(1, days.Count - 1)];

    private static void Require(List<string> violations, bool condition, string what)
    {
        if (!condition)
        {
            violations.Add(what);
        }
    }

    private static string[] Row(SoakDay day) =>
    [
        Number(day.Number),
        Number(day.Heartbeats),
        $"{Seconds(day.ShortestInterval, 2)} to {Seconds(day.LongestInterval, 2)}",
        Number(day.Edits),
        Seconds(day.SlowestEdit, 1),
        Number(day.Faults),
        Seconds(day.SlowestRecovery, 1),
        Number(day.Boots),
        day.BytesPerHeartbeat.ToString("F1", CultureInfo.InvariantCulture),
        day.BytesPerScrape.ToString("F1", CultureInfo.InvariantCulture),
        Number(day.ManagedBytes / 1024),
        Number(day.Handles),
        Number(day.Threads),
        Number(day.Timers),
    ];

    private static string[] PodRow(SoakDay day) =>
        [Number(day.PodChanges), Seconds(day.SlowestPod, 1), Number(day.Evictions), Number(day.Restarts), Number(day.PodReports)];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(long milliseconds, int digits) => (milliseconds / 1000.0).ToString("F" + digits, CultureInfo.InvariantCulture);
}
