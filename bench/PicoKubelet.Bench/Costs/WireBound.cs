namespace PicoKubelet.Bench.Costs;

/// <summary>One figure of the wire beside its bound.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ratio">The design's bytes as a share of the naive design's.</param>
/// <param name="Bound">The most that it may be.</param>
internal sealed record WireBound(string Name, double Ratio, double Bound)
{
    public bool Holds => Ratio <= Bound;
}
