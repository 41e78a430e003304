namespace PicoKubelet.Pods;

/// <summary>A variable of a container's environment: a value, or where it comes from.</summary>
public sealed class EnvironmentVariable
{
    /// <summary>Gets or sets its name.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets its value, or null while it comes from elsewhere and is not known.</summary>
    public string Value { get; set; }

    /// <summary>Gets or sets the field of the pod that it comes from, such as <c>spec.nodeName</c>, or null.</summary>
    public string FieldPath { get; set; }

    /// <summary>Gets or sets the ConfigMap that it comes from, or null.</summary>
    public string ConfigMap { get; set; }

    /// <summary>Gets or sets the key in the ConfigMap, or null.</summary>
    public string Key { get; set; }

    /// <summary>Gets or sets whether the ConfigMap or its key may be missing; there is no such variable then.</summary>
    public bool IsOptional { get; set; }
}
