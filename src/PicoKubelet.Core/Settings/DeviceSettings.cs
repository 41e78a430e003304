using PicoKubelet.Logging;

namespace PicoKubelet.Settings;

/// <summary>What the device was told about itself and its cluster. Values are checked by <see cref="SettingsReader"/>; the rest are defaults.</summary>
public sealed class DeviceSettings
{
    /// <summary>The most labels of the user's own.</summary>
    public const int MaxLabels = 8;

    /// <summary>The most characters that the user's own labels may have together, so that the Node's document fits its buffer.</summary>
    public const int MaxLabelCharacters = 1024;

    /// <summary>The most registries without TLS.</summary>
    public const int MaxInsecureRegistries = 4;

    private string _token;
    private string _kubeletToken;

    /// <summary>Gets or sets the Node's name, or null for the default that the board's MAC address makes.</summary>
    public string NodeName { get; set; }

    /// <summary>Gets or sets where the API server is. Required.</summary>
    public ApiEndpoint ApiServer { get; set; }

    /// <summary>Gets or sets the ServiceAccount's token, or null. Never logged, never served.</summary>
    public string Token
    {
        get => _token;
        set
        {
            _token = value;
            HasToken = value != null;
        }
    }

    /// <summary>Gets whether there is a ServiceAccount's token, also after it was forgotten.</summary>
    public bool HasToken { get; private set; }

    /// <summary>
    /// Gets or sets the node's client certificate and its key, by which the board signs in, in place of a token; or null. Never
    /// logged, never served.
    /// </summary>
    public TlsIdentity ClientIdentity { get; set; }

    /// <summary>Gets or sets the cluster's CA certificates, PEM, or null for those in the device's own store.</summary>
    public string Ca { get; set; }

    /// <summary>Gets or sets the namespace of the ConfigMap that configures the node.</summary>
    public string ConfigMapNamespace { get; set; } = "picokubelet";

    /// <summary>Gets or sets the ConfigMap's name, or null for the Node's name.</summary>
    public string ConfigMapName { get; set; }

    /// <summary>
    /// Gets or sets whether the ConfigMap is watched: an edit is in force at once, for one more connection and thread. Otherwise
    /// it is polled.
    /// </summary>
    public bool ConfigMapWatch { get; set; }

    /// <summary>Gets or sets the port that the node listens on, the kubelet's 10250 by default.</summary>
    public int KubeletPort { get; set; } = 10250;

    /// <summary>Gets or sets the token that clients of the node's port have to show, or null. Never logged, never served.</summary>
    public string KubeletToken
    {
        get => _kubeletToken;
        set
        {
            _kubeletToken = value;
            HasKubeletToken = value != null;
        }
    }

    /// <summary>Gets whether clients of the node's port have to show a token, also after it was forgotten.</summary>
    public bool HasKubeletToken { get; private set; }

    /// <summary>Gets or sets whether clients that show no token may read what the node's port serves. Commands need the token all the same.</summary>
    public bool KubeletAnonymousRead { get; set; }

    /// <summary>
    /// Gets or sets the certificate and the key with which the node's port speaks TLS, or null for plain HTTP. A device speaks none:
    /// see docs/security.md.
    /// </summary>
    public TlsIdentity KubeletIdentity { get; set; }

    /// <summary>Gets or sets the CA certificates of the API server's client certificate, PEM, or null where none opens the port.</summary>
    public string KubeletClientCa { get; set; }

    /// <summary>Gets or sets the common name of the API server's client certificate; kubeadm's by default.</summary>
    public string KubeletClientName { get; set; } = "kube-apiserver-kubelet-client";

    /// <summary>Gets or sets the IPv4 address under which the API server reaches the node's port, a gateway's, or null for the board's own.</summary>
    public string KubeletAnnounceAddress { get; set; }

    /// <summary>Gets or sets the port that goes with <see cref="KubeletAnnounceAddress"/>.</summary>
    public int KubeletAnnouncePort { get; set; }

    /// <summary>Gets or sets the most pods, of those that the board's heap bears; 0 for a node that runs none.</summary>
    public int MaxPods { get; set; }

    /// <summary>Gets or sets what of the board pods may ask for, or null for nothing.</summary>
    public ExtendedResources PodResources { get; set; }

    /// <summary>Gets or sets the registries that speak plain HTTP, host and port, with null behind the last; or null where there are none.</summary>
    public string[] InsecureRegistries { get; set; }

    /// <summary>Gets or sets the CA certificates of registries, PEM, or null for those of <see cref="Ca"/>.</summary>
    public string RegistryCa { get; set; }

    /// <summary>Gets the user's own labels of the Node.</summary>
    public Labels Labels { get; } = new Labels(MaxLabels);

    /// <summary>Gets or sets <c>kubernetes.io/os</c>, or null for the board's.</summary>
    public string Os { get; set; }

    /// <summary>Gets or sets <c>kubernetes.io/arch</c>, or null for the board's.</summary>
    public string Arch { get; set; }

    /// <summary>Gets or sets <c>node.kubernetes.io/instance-type</c>, or null for the board's.</summary>
    public string InstanceType { get; set; }

    /// <summary>Gets or sets the CLR's build target that the settings were made for, or null.</summary>
    public string Target { get; set; }

    /// <summary>Gets or sets how the node shows that it is alive.</summary>
    public HeartbeatMode HeartbeatMode { get; set; } = HeartbeatMode.Lease;

    /// <summary>Gets or sets the seconds between heartbeats; the kubelet renews its Lease each 10 s.</summary>
    public int LeaseSeconds { get; set; } = 10;

    /// <summary>Gets or sets the seconds between reports of an unchanged status; the kubelet's nodeStatusReportFrequency is 5 minutes.</summary>
    public int StatusSeconds { get; set; } = 300;

    /// <summary>Gets what the board knows of Wi-Fi beyond the network in the device's own configuration.</summary>
    public WifiSettings Wifi { get; } = new WifiSettings();

    /// <summary>Gets or sets the SNTP server.</summary>
    public string NtpServer { get; set; } = "pool.ntp.org";

    /// <summary>Gets or sets the name or IPv4 address of the host that the log's lines are sent to, or null where they are not.</summary>
    public string SyslogHost { get; set; }

    /// <summary>Gets or sets that host's UDP port; syslog's (RFC 5426) by default.</summary>
    public int SyslogPort { get; set; } = 514;

    /// <summary>Gets or sets the lowest level that is logged.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.Info;

    /// <summary>
    /// Forgets the tokens and the CA's text, once those that need them hold them in a form of their own: a ServiceAccount's token takes a kilobyte.
    /// Whether there are any is still known.
    /// </summary>
    public void ForgetTokens()
    {
        _token = null;
        _kubeletToken = null;
        Ca = Ca == null ? null : "";
        RegistryCa = null;
    }
}
