namespace PicoKubelet.ApiServer.Faults;

/// <summary>Which requests fail, how, and how often. Rules are asked in the order in which they were added; the first
/// one that matches acts.</summary>
/// <param name="matches">Picks the requests.</param>
/// <param name="action">What happens to them.</param>
/// <param name="times">How many requests it happens to; by default all until the rule is removed.</param>
/// <param name="skip">How many matching requests are let through first.</param>
public sealed class FaultRule(Func<FaultRequest, bool> matches, FaultAction action, int times = int.MaxValue, int skip = 0)
{
    private int _seen;
    private int _hits;

    /// <summary>How many requests the rule has acted on.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>What happens to the requests.</summary>
    public FaultAction Action { get; } = action;

    internal bool Claims(FaultRequest request)
    {
        if (!matches(request))
        {
            return false;
        }
        var number = Interlocked.Increment(ref _seen);
        if (number <= skip || number > (long)skip + times)
        {
            return false;
        }
        Interlocked.Increment(ref _hits);
        return true;
    }
}
