namespace PicoKubelet.Bench.Costs;

/// <summary>What the costs must hold.</summary>
internal static class CostBounds
{
    /// <summary>The most that the design may have on the wire, as a share of the naive one's.</summary>
    public const double MaxRatio = 0.25;

    // The embedded API server does not track who set which field, which is a third of what the naive design reads.
    private const double MaxRatioUntracked = 0.3;

    // The log line of a request, and nothing else.
    private const int MaxPerRequest = 300;

    /// <summary>Finds what does not hold.</summary>
    public static List<string> Find(IEnumerable<WireComparison> comparisons, IEnumerable<EndpointCost> endpoints)
    {
        List<string> broken = [];
        foreach (WireComparison comparison in comparisons)
        {
            double bound = comparison.TracksFields ? MaxRatio : MaxRatioUntracked;
            if (comparison.RatioWithoutToken > bound)
            {
                broken.Add($"{comparison.Title}: {comparison.RatioWithoutToken:F2} of the naive design's bytes, more than {bound}");
            }

            if (comparison.Design.Failures > 0)
            {
                broken.Add($"{comparison.Title}: {comparison.Design.Failures} heartbeats failed");
            }
        }

        broken.AddRange(endpoints
            .Where(endpoint => endpoint.Allocated > MaxPerRequest || endpoint.AllocatedAgain > endpoint.Allocated)
            .Select(endpoint => $"{endpoint.Path} allocates {endpoint.Allocated} and then {endpoint.AllocatedAgain} B"));
        return broken;
    }
}
