namespace PicoKubelet.Node;

/// <summary>What became of the heartbeats of one kind, and how long they took. Written by the node's loop, read by any thread.</summary>
public sealed class HeartbeatStatistics
{
    internal HeartbeatStatistics(string kind)
    {
        Kind = kind;
    }

    /// <summary>Gets the kind, <c>lease</c> or <c>status</c>.</summary>
    public string Kind { get; }

    /// <summary>Gets the number that the API server took.</summary>
    public long Sent { get; private set; }

    /// <summary>Gets the number that failed.</summary>
    public long Failed { get; private set; }

    /// <summary>Gets how long all of them took together, from the request to the end of the reply, in milliseconds.</summary>
    public long TotalMilliseconds { get; private set; }

    /// <summary>Gets how long the last one took, in milliseconds.</summary>
    public long LastMilliseconds { get; private set; }

    internal void Note(bool isOk, long milliseconds)
    {
        if (isOk)
        {
            Sent++;
        }
        else
        {
            Failed++;
        }

        TotalMilliseconds += milliseconds;
        LastMilliseconds = milliseconds;
    }
}
