using System;

namespace PicoKubelet.Time;

/// <summary>
/// How long to wait after a failure: doubling from a first to a longest wait, each wait drawn from its upper half,
/// so that a thousand boards that lost power together do not come back together. Whoever waits keeps a number, which is all that there
/// is to know: an object for each would take five times as much of a device's heap.
/// </summary>
public static class Backoff
{
    /// <summary>Gets the next wait and doubles the one after it.</summary>
    /// <param name="ceiling">What the last call left there; 0 begins anew with the first wait, after a success.</param>
    /// <param name="first">The first wait's upper bound, milliseconds.</param>
    /// <param name="longest">The longest wait, milliseconds.</param>
    /// <param name="random">Where the jitter comes from.</param>
    /// <returns>Milliseconds.</returns>
    public static int Next(ref int ceiling, int first, int longest, Random random)
    {
        int bound = ceiling == 0 ? first : ceiling;
        ceiling = bound > longest / 2 ? longest : bound * 2;
        return (bound / 2) + random.Next((bound / 2) + 1);
    }
}
