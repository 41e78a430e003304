namespace PicoKubelet.Network;

/// <summary>A client's connection that speaks TLS.</summary>
public interface ITlsConnection : IConnection
{
    /// <summary>Gets whether the client showed the API server's certificate.</summary>
    bool IsTrusted { get; }

    /// <summary>Gets who else the client's certificate shows, where its CA is trusted; otherwise null.</summary>
    object Client { get; }
}
