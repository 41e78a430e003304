using System;

namespace PicoKubelet.Time;

/// <summary>
/// How long to wait after a failure: doubling from a first to a longest wait, each wait drawn from its upper half,
/// so that a thousand boards that lost power together do not come back together.
/// </summary>
public sealed class Backoff
{
    private readonly int _first;
    private readonly int _longest;
    private readonly Random _random;
    private int _ceiling;

    /// <summary>Initializes the backoff.</summary>
    /// <param name="first">The first wait's upper bound, milliseconds.</param>
    /// <param name="longest">The longest wait, milliseconds.</param>
    /// <param name="random">Where the jitter comes from.</param>
    public Backoff(int first, int longest, Random random)
    {
        _first = first;
        _longest = longest;
        _random = random;
        _ceiling = first;
    }

    /// <summary>Gets the next wait and doubles the one after it.</summary>
    /// <returns>Milliseconds.</returns>
    public int Next()
    {
        int wait = (_ceiling / 2) + _random.Next((_ceiling / 2) + 1);
        _ceiling = _ceiling > _longest / 2 ? _longest : _ceiling * 2;
        return wait;
    }

    /// <summary>Begins anew with the first wait, after a success.</summary>
    public void Reset()
    {
        _ceiling = _first;
    }
}
