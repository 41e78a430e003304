namespace PicoKubelet.Events;

/// <summary>The reasons of Events, the kubelet's where it has one for it (its <c>pkg/kubelet/events</c>).</summary>
public static class EventReason
{
    /// <summary>The kubelet's: the Node shows another boot than before.</summary>
    public const string Rebooted = "Rebooted";

    /// <summary>The kubelet's: a container was made.</summary>
    public const string Created = "Created";

    /// <summary>The kubelet's: a container runs.</summary>
    public const string Started = "Started";

    /// <summary>The kubelet's: something about a container could not be done.</summary>
    public const string Failed = "Failed";

    /// <summary>The kubelet's: a container is being ended.</summary>
    public const string Killing = "Killing";

    /// <summary>The kubelet's: a container that failed is restarted after a wait.</summary>
    public const string BackOff = "BackOff";

    /// <summary>The kubelet's: a program is being fetched.</summary>
    public const string Pulling = "Pulling";

    /// <summary>The kubelet's: a program is there.</summary>
    public const string Pulled = "Pulled";

    /// <summary>The kubelet's: an image's name is none.</summary>
    public const string InspectFailed = "InspectFailed";

    /// <summary>The kubelet's: a volume can not be had.</summary>
    public const string FailedMount = "FailedMount";

    /// <summary>The kubelet's: a probe failed.</summary>
    public const string Unhealthy = "Unhealthy";

    /// <summary>The kubelet's: a pod was ended for the node's sake.</summary>
    public const string Evicted = "Evicted";

    /// <summary>All of the ConfigMap is in force.</summary>
    public const string ConfigurationApplied = "ConfigurationApplied";

    /// <summary>Something of the ConfigMap is not in force.</summary>
    public const string ConfigurationRejected = "ConfigurationRejected";

    /// <summary>The kubelet's port can not be opened.</summary>
    public const string KubeletPortFailed = "KubeletPortFailed";

    /// <summary>The board's client certificate expires soon, or has.</summary>
    public const string ClientCertificateExpiring = "ClientCertificateExpiring";

    /// <summary>The board left its ConfigMap and its pods aside: too many of its starts ended at once.</summary>
    public const string SafeMode = "SafeMode";

    /// <summary>An input went on.</summary>
    public const string InputOn = "InputOn";

    /// <summary>An input went off.</summary>
    public const string InputOff = "InputOff";

    /// <summary>The API server took no heartbeat for so long that the cluster called the Node lost; why, as far as the board knows.</summary>
    public const string HeartbeatsMissed = "HeartbeatsMissed";

    /// <summary>The board wants to restart, and waits so as to make no storm of it.</summary>
    public const string RebootDue = "RebootDue";

    /// <summary>The board may not write Leases.</summary>
    public const string LeaseRefused = "LeaseRefused";

    /// <summary>The time source tells a time that can not be right.</summary>
    public const string TimeSourceWrong = "TimeSourceWrong";

    /// <summary>What the ConfigMap puts on the Node is refused.</summary>
    public const string ConfigurationNotReported = "ConfigurationNotReported";

    /// <summary>A manifest of a static pod is wrong, or the API server does not take its mirror.</summary>
    public const string StaticPodRefused = "StaticPodRefused";

    /// <summary>Another board has the same name.</summary>
    public const string NodeNameTaken = "NodeNameTaken";
}
