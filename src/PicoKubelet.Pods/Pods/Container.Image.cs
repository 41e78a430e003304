namespace PicoKubelet.Pods;

// Its image, and the waits between tries to have it.
public sealed partial class Container
{
    // The failure itself is shown for as long as it takes to be seen.
    private const int FailureMilliseconds = 2000;

    private int _pullWait;
    private string _pullProblem;
    private long _pullAt;

    /// <summary>Gets the image that it runs by its digest, or an empty string where it runs none.</summary>
    public string ImageId { get; private set; } = "";

    /// <summary>Gets when what it needs is to be fetched, in the clock's milliseconds.</summary>
    internal long PrepareAt { get; private set; }

    /// <summary>Gets whether it runs a program, or will.</summary>
    internal bool Uses(byte[] digest)
    {
        byte[] own = _program?.Digest;
        if (own == null)
        {
            return false;
        }

        int same = 0;
        while (same < own.Length && own[same] == digest[same])
        {
            same++;
        }

        return same == own.Length;
    }

    /// <summary>Tells which image it runs.</summary>
    internal void SetImage(string imageId)
    {
        ImageId = imageId ?? ImageId;
        _pullProblem = null;
        _pullWait = 0;
    }

    /// <summary>Has what it needs fetched later.</summary>
    internal void PrepareLater(long at)
    {
        PrepareAt = at;
    }

    /// <summary>Notes that its image could not be had.</summary>
    internal void FailPull(string problem, long now)
    {
        _pullWait = CrashBackoff.After(_pullWait);
        _pullAt = now + _pullWait;
        _pullProblem = problem;
        PrepareAt = now + FailureMilliseconds;
    }

    /// <summary>Looks whether its image is not to be asked for yet.</summary>
    /// <returns>What was wrong with it the last time, or null where it is time.</returns>
    internal string BackOff(long now)
    {
        if (now >= _pullAt)
        {
            return null;
        }

        PrepareAt = _pullAt;
        return _pullProblem;
    }
}
