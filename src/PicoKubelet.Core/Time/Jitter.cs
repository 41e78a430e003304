using System;

namespace PicoKubelet.Time;

/// <summary>Spreads periodic work, so that many boards do not fall into step.</summary>
public static class Jitter
{
    // The share by which the kubelet lengthens its Lease renewals: nodeutil's 0.04.
    private const int Percent = 4;

    /// <summary>Lengthens an interval by up to 4 %.</summary>
    /// <param name="milliseconds">The interval.</param>
    /// <param name="random">Where the jitter comes from.</param>
    /// <returns>Milliseconds, from the interval to 4 % more.</returns>
    public static int Lengthen(int milliseconds, Random random)
    {
        return milliseconds + random.Next((milliseconds * Percent / 100) + 1);
    }
}
