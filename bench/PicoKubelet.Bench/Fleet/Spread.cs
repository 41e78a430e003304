namespace PicoKubelet.Bench.Fleet;

/// <summary>How evenly something is spread over seconds.</summary>
internal sealed class Spread
{
    private readonly double[] _counts;

    /// <param name="counts">How often it happened in each second.</param>
    public Spread(IEnumerable<int> counts)
    {
        _counts = [.. counts];
        Mean = _counts.Length == 0 ? 0 : _counts.Average();
        Peak = _counts.Length == 0 ? 0 : _counts.Max();
    }

    /// <summary>Gets how often it happened a second.</summary>
    public double Mean { get; }

    /// <summary>Gets the most in one second.</summary>
    public double Peak { get; }

    /// <summary>Gets the peak as a multiple of the mean; 0 where nothing happened.</summary>
    public double Ratio => Mean == 0 ? 0 : Peak / Mean;

    /// <summary>Gets how much a second tells of the one so many seconds later: 1 all, 0 nothing.</summary>
    public double Autocorrelation(int lag)
    {
        double all = _counts.Sum(count => (count - Mean) * (count - Mean));
        double lagged = _counts.Zip(_counts.Skip(lag), (one, later) => (one - Mean) * (later - Mean)).Sum();
        return all == 0 ? 0 : lagged / all;
    }
}
