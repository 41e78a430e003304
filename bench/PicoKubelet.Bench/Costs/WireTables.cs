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
        report.Line($"Ratio {comparison.Ratio:F2} (PicoKubelet {comparison.Design.BytesPerMinute:F0} B/min, naive {comparison.Naive.BytesPerMinute:F0}).");
        if (comparison.Title.EndsWith("TLS", StringComparison.Ordinal))
        {
            double ratio = comparison.Design.TlsBytesPerMinute / comparison.Naive.TlsBytesPerMinute;
            report.Line($"As TLS records, handshakes included: {comparison.Design.TlsBytesPerMinute:F0} and {comparison.Naive.TlsBytesPerMinute:F0} B/min, ratio {ratio:F2}.");
        }
    }

    public static void WriteAllocations(Report report, WireComparison comparison)
    {
        report.Heading("Bytes allocated on the PC, by one");
        report.Table(
            ["", "B"],
            [.. AllocationRows("PicoKubelet", comparison.Design), .. AllocationRows("naive", comparison.Naive)]);
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
