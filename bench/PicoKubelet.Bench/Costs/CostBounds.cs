namespace PicoKubelet.Bench.Costs;

/// <summary>What the costs must hold: a bound for each figure that is shown.</summary>
internal static class CostBounds
{
    // With a certificate, over TLS: the design's bound, on every board.
    private const double Certificate = 0.20;

    // With a token, which is 900 bytes of each request: the design's bound, for a board with room to watch its Node and its ConfigMap.
    private const double WatchingWithToken = 0.25;

    // What others reach, so that it grows no further.
    private const double WatchingWithCertificate = 0.15;
    private const double Token = 0.42;
    private const double HttpWithoutToken = 0.33;
    private const double HttpWithToken = 0.53;

    // The embedded API server does not track who set which field, which is a third of what the naive design reads; its tokens are short.
    private const double UntrackedWithoutToken = 0.45;
    private const double UntrackedWithToken = 0.48;
    private const double UntrackedOverTls = 0.40;

    // The log line of a request, and the endpoint that answers it: made for it, since nineteen that stay cost a board more of its heap.
    private const int MaxPerRequest = 720;

    // Bytes, on 64 bits. Less than that is a number in the log's line that has a digit more.
    private const int SmallestObject = 24;

    /// <summary>Gets the figures of a comparison beside their bounds.</summary>
    public static IReadOnlyList<WireBound> Of(WireComparison comparison)
    {
        WireSetup setup = comparison.Setup;
        if (setup.UsesTls)
        {
            return [new($"{comparison.Title}: TLS records", comparison.RatioOverTls, comparison.TracksFields ? OverTls(setup) : UntrackedOverTls)];
        }

        return
        [
            new($"{comparison.Title}: HTTP without the token", comparison.RatioWithoutToken, comparison.TracksFields ? HttpWithoutToken : UntrackedWithoutToken),
            new($"{comparison.Title}: HTTP with the token", comparison.Ratio, comparison.TracksFields ? HttpWithToken : UntrackedWithToken),
        ];
    }

    /// <summary>Finds what does not hold.</summary>
    public static List<string> Find(IEnumerable<WireComparison> comparisons, IEnumerable<EndpointCost> endpoints)
    {
        List<string> broken = [];
        foreach (WireComparison comparison in comparisons)
        {
            broken.AddRange(Of(comparison).Where(bound => !bound.Holds).Select(bound => $"{bound.Name}: {bound.Ratio:F2} of the naive design's bytes, more than {bound.Bound:F2}"));
            if (comparison.Design.Failures > 0)
            {
                broken.Add($"{comparison.Title}: {comparison.Design.Failures} heartbeats failed");
            }
        }

        broken.AddRange(endpoints
            .Where(endpoint => endpoint.Allocated > MaxPerRequest || endpoint.AllocatedAgain >= endpoint.Allocated + SmallestObject)
            .Select(endpoint => $"{endpoint.Path} allocates {endpoint.Allocated} and then {endpoint.AllocatedAgain} B"));
        return broken;
    }

    private static double OverTls(WireSetup setup)
    {
        return setup.Watches ? (setup.HasCertificate ? WatchingWithCertificate : WatchingWithToken) : setup.HasCertificate ? Certificate : Token;
    }
}
