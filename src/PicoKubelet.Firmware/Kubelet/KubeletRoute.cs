namespace PicoKubelet.Kubelet;

/// <summary>The routes of the kubelet's port, those that are asked for most first.</summary>
internal enum KubeletRoute
{
    Health,
    Liveness,
    Readiness,

    /// <summary>The first that is not open to everybody.</summary>
    Pods,
    Metrics,
    ResourceMetrics,
    Summary,
    Specification,
    Configuration,
    Status,
    Memory,
    Pins,

    /// <summary>The first that needs the token.</summary>
    Command,

    /// <summary>The first that is for everything below its path too.</summary>
    Exec,
    Run,
    Attach,
    PortForward,
    ContainerLogs,
    Logs,

    /// <summary>How many there are.</summary>
    Count,
}
