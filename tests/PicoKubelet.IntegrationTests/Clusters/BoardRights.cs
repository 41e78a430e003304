namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>What a board's identity may do, each for its own objects alone.</summary>
[Flags]
internal enum BoardRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Create nodes; get and patch its own and that one's status.</summary>
    Node = 1,

    /// <summary>Create leases; get, update and patch its own.</summary>
    Lease = 2,

    /// <summary>Get and watch its ConfigMap.</summary>
    ConfigMap = 4,

    /// <summary>Create and patch events.</summary>
    Events = 8,

    /// <summary>Everything that a board needs, and nothing else.</summary>
    All = Node | Lease | ConfigMap | Events,
}
