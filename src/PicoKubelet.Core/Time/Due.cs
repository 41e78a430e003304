using PicoKubelet.Hardware;

namespace PicoKubelet.Time;

/// <summary>How long it is until something is due.</summary>
public static class Due
{
    /// <summary>The time of what is not due at all.</summary>
    public const long Never = long.MaxValue;

    /// <summary>Gets how long it is until a time.</summary>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="at">The time, in the clock's milliseconds, or <see cref="Never"/>.</param>
    /// <returns>Milliseconds: 0 where it has come, <see cref="int.MaxValue"/> at most.</returns>
    public static int Until(IClock clock, long at)
    {
        long wait = at - clock.Milliseconds;
        return wait <= 0 ? 0 : wait > int.MaxValue ? int.MaxValue : (int)wait;
    }
}
