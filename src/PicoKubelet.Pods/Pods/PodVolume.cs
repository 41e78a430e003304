namespace PicoKubelet.Pods;

/// <summary>A volume of a pod, while the pod is read.</summary>
internal sealed class PodVolume
{
    /// <summary>Gets or sets its name.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets the ConfigMap's name, or null where it is of another kind.</summary>
    public string ConfigMap { get; set; }

    /// <summary>Gets or sets the path in the board's storage, of a static pod alone; null where it is of another kind.</summary>
    public string HostPath { get; set; }

    /// <summary>Gets or sets whether the ConfigMap may be missing.</summary>
    public bool IsOptional { get; set; }

    /// <summary>Gets or sets the kind where it may be the ServiceAccount's, which the API server adds to each pod; null otherwise.</summary>
    public string Kind { get; set; }
}
