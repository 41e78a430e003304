namespace PicoKubelet.ApiServer;

/// <summary>How an <see cref="EmbeddedApiServer"/> is to run.</summary>
public sealed class ApiServerOptions
{
    /// <summary>The IP address to listen on.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port to listen on; 0 picks a free one.</summary>
    public int Port { get; set; }

    /// <summary>
    /// Whether to serve HTTPS, with a certificate (ECDSA P-256, for localhost, 127.0.0.1 and <see cref="Address"/>) signed
    /// by a CA made for this server: <see cref="EmbeddedApiServer.CaPem"/>.
    /// </summary>
    public bool Https { get; set; }

    /// <summary>
    /// The CA that signs the certificate, of <see cref="CertificateAuthority.CreatePem"/>, for clients that are to trust the
    /// next server too. Null: one that nobody keeps.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>
    /// The token that may do everything. Null: a request without a token may do everything. A token that is not known is
    /// answered 401 in either case. kubectl sends tokens over TLS alone, so for kubectl this goes with <see cref="Https"/>.
    /// </summary>
    public string? AdminToken { get; set; }

    /// <summary>The token that a node's kubelet asks for, by the node's name; null where there is none.</summary>
    public Func<string, string?> KubeletToken { get; set; } = _ => null;

    /// <summary>
    /// How long a node may be silent before it counts as gone: kube-controller-manager's --node-monitor-grace-period.
    /// </summary>
    public TimeSpan NodeMonitorGracePeriod { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>How often nodes are looked at: kube-controller-manager's --node-monitor-period.</summary>
    public TimeSpan NodeMonitorPeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock of timestamps, timeouts and the node lifecycle.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
