namespace PicoKubelet.ApiServer;

/// <summary>What views show of a node.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Ready">The status of its Ready condition: True, False or Unknown (also when it has none yet).</param>
/// <param name="ReadyReason">The reason of its Ready condition, or an empty string.</param>
/// <param name="ReadyMessage">The message of its Ready condition, or an empty string.</param>
/// <param name="ReadySince">When the Ready condition last changed, if it says so.</param>
/// <param name="LastHeartbeat">The newer of the Lease's renewTime and the Ready condition's lastHeartbeatTime.</param>
/// <param name="Version">The kubelet's version, or an empty string.</param>
/// <param name="InternalIP">Its first InternalIP, or an empty string.</param>
/// <param name="Created">When the Node object was created.</param>
/// <param name="Unschedulable">Whether it is cordoned.</param>
/// <param name="Taints">Its taints, as key=value:effect.</param>
public sealed record NodeSummary(
    string Name,
    string Ready,
    string ReadyReason,
    string ReadyMessage,
    DateTimeOffset? ReadySince,
    DateTimeOffset? LastHeartbeat,
    string Version,
    string InternalIP,
    DateTimeOffset Created,
    bool Unschedulable,
    IReadOnlyList<string> Taints);
