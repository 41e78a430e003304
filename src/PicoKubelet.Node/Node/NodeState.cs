using PicoKubelet.Http.Server;
using PicoKubelet.Settings;

namespace PicoKubelet.Node;

/// <summary>What the node knows of itself. Written by the node's loop, read by any thread: the view, the kubelet's port, the supervisor.</summary>
public sealed class NodeState : IPortOwner
{
    /// <summary>Gets the Node's name.</summary>
    public string NodeName { get; internal set; }

    /// <summary>Gets or sets the Node's uid as of the last registration, or null.</summary>
    public string Uid { get; set; }

    /// <summary>Gets or sets the address that the Node reports, or null before there is one.</summary>
    public string Address { get; set; }

    /// <summary>Gets whether the Node is registered with the API server, as far as the device knows.</summary>
    public bool IsRegistered { get; internal set; }

    /// <summary>Gets whether the node reports itself Ready.</summary>
    public bool IsReady { get; internal set; }

    /// <summary>Gets how the node shows that it is alive; Status also where Leases are forbidden.</summary>
    public HeartbeatMode HeartbeatMode { get; internal set; }

    /// <summary>Gets the number of heartbeats that the API server took: Leases and statuses.</summary>
    public long HeartbeatsSent { get; internal set; }

    /// <summary>Gets the number of heartbeats that failed.</summary>
    public long HeartbeatsFailed { get; internal set; }

    /// <summary>Gets what became of the renewals of the Lease.</summary>
    public HeartbeatStatistics Leases { get; } = new HeartbeatStatistics("lease");

    /// <summary>Gets what became of the reports of the status.</summary>
    public HeartbeatStatistics Statuses { get; } = new HeartbeatStatistics("status");

    /// <summary>Gets when the API server took the last heartbeat, in the monotonic clock's milliseconds, or -1.</summary>
    public long LastHeartbeat { get; internal set; } = -1;

    /// <summary>Gets or sets why the kubelet's port is not open, in a few words, or null. Written by who listens.</summary>
    public string PortFailure { get; set; }

    /// <summary>Gets or sets the free managed heap as of the last look, in bytes.</summary>
    public long FreeHeap { get; set; }

    /// <summary>Gets what went wrong last, or null while all is well.</summary>
    public string LastError { get; internal set; }

    /// <summary>Gets the heartbeat mode's name as in the settings, <c>lease</c> or <c>status</c>.</summary>
    public string Mode => HeartbeatMode == HeartbeatMode.Lease ? "lease" : "status";
}
