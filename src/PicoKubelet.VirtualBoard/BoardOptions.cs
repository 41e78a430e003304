namespace PicoKubelet.VirtualBoard;

/// <summary>What a simulated board is, and what its settings document says.</summary>
public sealed class BoardOptions
{
    /// <summary>Gets the node's name; the hardware address follows from it too.</summary>
    public string Name { get; init; } = "pico-node-1";

    /// <summary>Gets the board: a name of <see cref="BoardModels"/>, such as <c>pico-w</c>, or the name of a CLR's build target.</summary>
    public string Board { get; init; } = BoardModels.Default;

    /// <summary>Gets the API server, or null to leave what <see cref="SettingsJson"/> says.</summary>
    public Uri? ApiServer { get; init; }

    /// <summary>Gets the bearer token, or null to leave what <see cref="SettingsJson"/> says.</summary>
    public string? Token { get; init; }

    /// <summary>Gets the client certificate, PEM, or null to leave what <see cref="SettingsJson"/> says.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>Gets the client certificate's key, PEM, or null to leave what <see cref="SettingsJson"/> says.</summary>
    public string? ClientKey { get; init; }

    /// <summary>Gets the CA certificates that may sign the API server's, PEM, or null to leave what <see cref="SettingsJson"/> says.</summary>
    public string? CaPem { get; init; }

    /// <summary>Gets the IPv4 address that the simulated network gives the board at first.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>
    /// Gets a settings document that the other options override, or null for none. A text that is no JSON object
    /// is stored as it is: what the firmware makes of it is then what is tried.
    /// </summary>
    public string? SettingsJson { get; init; }

    /// <summary>Gets the time between heartbeats in whole seconds, or null for the firmware's default.</summary>
    public TimeSpan? LeaseInterval { get; init; }

    /// <summary>Gets the time between status reports in whole seconds, or null for the firmware's default.</summary>
    public TimeSpan? StatusInterval { get; init; }

    /// <summary>Gets the way of heartbeats, <c>lease</c> or <c>status</c>, or null for the firmware's default, which is <c>lease</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>Gets the labels that the node has besides the board's own.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the kubelet's port, 0 for one that is free, or null to leave what <see cref="SettingsJson"/> says.</summary>
    public int? KubeletPort { get; init; } = 0;

    /// <summary>Gets the token that clients of the kubelet's port have to show, or null to leave what <see cref="SettingsJson"/> says.</summary>
    public string? KubeletToken { get; init; }

    /// <summary>Gets the token that clients of the kubelet's port have to show where the settings name none, or null.</summary>
    public string? ClusterKubeletToken { get; init; }

    /// <summary>Gets whether the board takes as many pods as it has room for, with some of its pins, where the settings say nothing of pods.</summary>
    public bool OffersPods { get; init; }

    /// <summary>
    /// Gets whether the board begins without settings, and with an access point of its own to be given them. What the other options
    /// say of the settings is left out then; settings that are in the storage already are kept.
    /// </summary>
    public bool Provisions { get; init; }

    /// <summary>Gets the port of the page on which a board without settings is given them, 0 for any that is free.</summary>
    public int ProvisioningPort { get; init; }

    /// <summary>Gets the folder that holds the board's files, or null to hold them in memory.</summary>
    public string? StateFolder { get; init; }
}
