namespace PicoKubelet.Pods;

/// <summary>How long a container that ended waits before it is started again, as the kubelet has it.</summary>
public sealed class CrashBackoff
{
    private const int First = 10 * 1000;
    private const int Longest = 300 * 1000;

    // What ran as long is no crash.
    private const int Healthy = 600 * 1000;

    private int _wait;

    /// <summary>Gets or sets the last wait, milliseconds.</summary>
    public int Last
    {
        get => _wait;
        set => _wait = value > Longest ? Longest : value;
    }

    /// <summary>Gets the wait that follows another one, as the kubelet has it of crashes and of pulls alike.</summary>
    /// <param name="wait">The last wait, milliseconds, or 0 where there was none.</param>
    /// <returns>Milliseconds: 10 s doubling to 5 minutes.</returns>
    public static int After(int wait)
    {
        return wait == 0 ? First : wait > Longest / 2 ? Longest : wait * 2;
    }

    /// <summary>Gets the wait after an end.</summary>
    /// <param name="ranMilliseconds">How long the program ran.</param>
    /// <returns>Milliseconds: none the first time, then 10 s doubling to 5 minutes.</returns>
    public int Next(long ranMilliseconds)
    {
        if (ranMilliseconds >= Healthy)
        {
            _wait = 0;
        }

        int wait = _wait;
        _wait = After(wait);
        return wait;
    }
}
