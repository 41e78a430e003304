namespace PicoKubelet.ApiServer.Lifecycle;

/// <summary>What the monitor remembers of a node.</summary>
internal sealed class NodeHealth
{
    /// <summary>When the monitor last saw a sign of life.</summary>
    public DateTimeOffset ProbeTime { get; set; }

    /// <summary>The Ready condition's lastHeartbeatTime at that time.</summary>
    public string? Heartbeat { get; set; }

    /// <summary>The Lease's renewTime at that time.</summary>
    public string? RenewTime { get; set; }
}
