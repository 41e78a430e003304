using PicoKubelet.VirtualBoard.Clusters;

namespace PicoKubelet.VirtualBoard.Cli;

/// <summary>What the command line asks for, checked.</summary>
internal sealed class RunOptions
{
    /// <summary>Gets the cluster to join, or null for the embedded API server.</summary>
    public ClusterAddress? Cluster { get; init; }

    /// <summary>Gets the kubectl command that shows the nodes of <see cref="Cluster"/>.</summary>
    public string KubectlLine { get; init; } = "kubectl get nodes";

    /// <summary>Gets the embedded API server's port, or null for the default one or any that is free.</summary>
    public int? Port { get; init; }

    /// <summary>Gets whether the embedded API server speaks HTTPS.</summary>
    public bool UseHttps { get; init; }

    /// <summary>Gets the nodes' names, one a board.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Gets the kind of board.</summary>
    public required string Board { get; init; }

    /// <summary>Gets the first board's address; the others' count up from it.</summary>
    public required string FirstAddress { get; init; }

    /// <summary>Gets the settings document to start from, or null.</summary>
    public string? SettingsJson { get; init; }

    /// <summary>Gets the way of heartbeats, or null for the firmware's default.</summary>
    public string? Mode { get; init; }

    /// <summary>Gets the time between heartbeats, or null for the firmware's default.</summary>
    public TimeSpan? LeaseInterval { get; init; }

    /// <summary>Gets the folder in which each board has one for its files, or null for files in memory.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Gets whether the boards begin without settings and serve the page that takes them.</summary>
    public bool Provisions { get; init; }

    /// <summary>Gets that page's port, or null for the usual one or any that is free.</summary>
    public int? ProvisioningPort { get; init; }

    /// <summary>Gets whether there is a live view, rather than log lines.</summary>
    public bool HasView { get; init; }

    /// <summary>Gets the file that says what is wired to the boards, or null.</summary>
    public string? InputsFile { get; init; }

    /// <summary>Gets what happens to the boards, in no order.</summary>
    public required IReadOnlyList<ScheduledEvent> Events { get; init; }
}
