namespace PicoKubelet.Pods;

/// <summary>The three states of a container (core/v1).</summary>
public enum ContainerPhase
{
    /// <summary>It is being made, or waits to be started again.</summary>
    Waiting,

    /// <summary>Its program runs.</summary>
    Running,

    /// <summary>Its program ended.</summary>
    Terminated,
}
