using PicoKubelet.Hardware;
using PicoKubelet.Node;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>How long the firmware runs, and how long ago it was heard.</summary>
internal sealed class NodeVitals
{
    private const int RecentMilliseconds = 60 * 1000;

    private readonly IClock _clock;
    private readonly long _started;

    /// <summary>Initializes the vitals, at the firmware's start.</summary>
    /// <param name="state">What the node knows of itself.</param>
    /// <param name="clock">The monotonic clock.</param>
    public NodeVitals(NodeState state, IClock clock)
    {
        State = state;
        _clock = clock;
        _started = clock.Milliseconds;
    }

    /// <summary>Gets what the node knows of itself.</summary>
    public NodeState State { get; }

    /// <summary>Gets how long the firmware runs, in milliseconds.</summary>
    public long Uptime => _clock.Milliseconds - _started;

    /// <summary>Gets how long ago the API server took the last heartbeat, in milliseconds, or -1 where it took none.</summary>
    public long HeartbeatAge
    {
        get
        {
            long last = State.LastHeartbeat;
            return last < 0 ? -1 : _clock.Milliseconds - last;
        }
    }

    /// <summary>Gets whether the API server took a heartbeat in the last 60 s.</summary>
    public bool HasRecentHeartbeat
    {
        get
        {
            long age = HeartbeatAge;
            return age >= 0 && age <= RecentMilliseconds;
        }
    }
}
