namespace PicoKubelet.Pods;

/// <summary>When a container's image is asked for (core/v1 PullPolicy).</summary>
public enum ImagePullPolicy
{
    /// <summary>Where the board does not keep it.</summary>
    IfNotPresent,

    /// <summary>Each time; what of it the board keeps is not transferred again.</summary>
    Always,

    /// <summary>Never: the board has to have it.</summary>
    Never,
}
