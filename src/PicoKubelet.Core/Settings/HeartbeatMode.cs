namespace PicoKubelet.Settings;

/// <summary>How the node shows that it is alive.</summary>
public enum HeartbeatMode
{
    /// <summary>A Lease at short intervals, the status on a change and at long intervals: the kubelet's way, and the cheap one.</summary>
    Lease,

    /// <summary>The status alone at short intervals: for clusters where the node may not write Leases.</summary>
    Status,
}
