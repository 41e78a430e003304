namespace PicoKubelet.Network;

/// <summary>A client's connection that speaks TLS.</summary>
public interface ITlsConnection : IConnection
{
    /// <summary>Gets whether the client showed the API server's certificate.</summary>
    bool IsTrusted { get; }
}
