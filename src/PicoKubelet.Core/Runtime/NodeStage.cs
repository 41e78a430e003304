namespace PicoKubelet.Runtime;

/// <summary>How far the node has come; each stage includes those before it.</summary>
public enum NodeStage
{
    /// <summary>It has power.</summary>
    Off,

    /// <summary>There is a network, with an address.</summary>
    Linked,

    /// <summary>The time is known, so that certificates can be checked and timestamps sent.</summary>
    Timed,

    /// <summary>The Node is registered.</summary>
    Registered,

    /// <summary>The API server took the last heartbeat.</summary>
    InOrder,
}
