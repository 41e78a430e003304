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

    /// <summary>The kubelet's: a volume can not be had.</summary>
    public const string FailedMount = "FailedMount";

    /// <summary>The kubelet's: a probe failed.</summary>
    public const string Unhealthy = "Unhealthy";

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

    /// <summary>Another board has the same name.</summary>
    public const string NodeNameTaken = "NodeNameTaken";
}
