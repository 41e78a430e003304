using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Costs;

/// <summary>Shows a comparison.</summary>
internal static class WireTables
{
    public static void Write(Report report, WireComparison comparison)
    {
        report.Heading($"Bytes a minute on the wire: {comparison.Title}");
        report.Table(
            ["", "requests/min", "request B", "of it body", "reply B", "of it body", "B/min"],
            [.. Rows("PicoKubelet", comparison.Design), .. Rows("naive", comparison.Naive)]);
        report.Text($"HTTP: {comparison.Design.BytesPerMinute:F0} and {comparison.Naive.BytesPerMinute:F0} B/min, ratio {comparison.Ratio:F2}.");
        if (comparison.Design.Unmeasured > 0)
        {
            report.Text($"{comparison.Design.Unmeasured} B/min of it, the bookmarks of the watches, by arithmetic: a server sends them by its own clock.");
        }

        report.Text("Without the token, as behind a proxy that signs in by itself: "
            + $"{comparison.Design.WithoutToken(comparison.TokenBytes):F0} and {comparison.Naive.WithoutToken(comparison.TokenBytes):F0} B/min, ratio {comparison.RatioWithoutToken:F2}.");
        if (comparison.Setup.UsesTls)
        {
            report.Text($"As TLS records, handshakes included: {comparison.Design.TlsBytesPerMinute:F0} and {comparison.Naive.TlsBytesPerMinute:F0} B/min, ratio {comparison.RatioOverTls:F2}.");
        }
    }

    public static void WriteBounds(Report report, IEnumerable<WireComparison> comparisons)
    {
        report.Heading("What holds");
        report.Table(
            ["", "share of the naive design's bytes", "bound", ""],
            comparisons.SelectMany(CostBounds.Of).Select(bound => new[] { bound.Name, $"{bound.Ratio:F2}", $"{bound.Bound:F2}", bound.Holds ? "ok" : "FAILED" }));
    }

    public static void WriteAllocations(Report report, WireComparison comparison)
    {
        report.Heading("Bytes allocated on the PC, by one");
        report.Table(
            ["", "B"],
            [.. AllocationRows("PicoKubelet", comparison.Design), .. AllocationRows("naive", comparison.Naive)]);
    }

    public static void WriteEndpoints(Report report, IEnumerable<EndpointCost> endpoints)
    {
        report.Heading("A request to the node's port: the line in the log is all that it allocates");
        report.Table(
            ["endpoint", "status", "B answered", "B allocated", "again"],
            endpoints.Select(cost => new[] { cost.Path, $"{cost.Status}", $"{cost.Answered}", $"{cost.Allocated}", $"{cost.AllocatedAgain}" }));
    }

    private static IEnumerable<string[]> Rows(string side, SideCosts costs)
    {
        foreach ((string purpose, WireCounts counts) in costs.Purposes)
        {
            double n = counts.Requests;
            yield return
            [
                $"{side}: {purpose}", $"{n / costs.Minutes:F1}", $"{counts.RequestBytes / n:F0}", $"{counts.RequestBody / n:F0}",
                $"{counts.ReplyBytes / n:F0}", $"{counts.ReplyBody / n:F0}", $"{counts.Bytes / costs.Minutes:F0}",
            ];
        }
    }

    private static IEnumerable<string[]> AllocationRows(string side, SideCosts costs)
    {
        return costs.Allocations.Select(pair => new[] { $"{side}: {pair.Key}", $"{pair.Value:F0}" });
    }
}
