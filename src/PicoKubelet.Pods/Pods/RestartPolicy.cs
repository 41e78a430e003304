namespace PicoKubelet.Pods;

/// <summary>When a container that ended is started again (core/v1 PodSpec).</summary>
public enum RestartPolicy
{
    /// <summary>Whatever it ended with.</summary>
    Always,

    /// <summary>Unless it ended with 0.</summary>
    OnFailure,

    /// <summary>Never.</summary>
    Never,
}
