namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>Names that deploy/cluster gives.</summary>
internal static class Names
{
    /// <summary>The namespace of the boards' ServiceAccounts and ConfigMaps.</summary>
    public const string Namespace = "picokubelet";

    /// <summary>The label that every board's Node has.</summary>
    public const string BoardLabel = "picokubelet.io/board";

    /// <summary>Selects what may be applied again and again: the ConfigMap is the user's once it is there.</summary>
    public const string IdentitySelector = "app.kubernetes.io/component!=configuration";

    /// <summary>Selects the ConfigMap.</summary>
    public const string ConfigurationSelector = "app.kubernetes.io/component=configuration";
}
