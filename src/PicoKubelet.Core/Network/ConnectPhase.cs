namespace PicoKubelet.Network;

/// <summary>
/// The step in which opening a connection failed. The phase is what can be relied on:
/// a socket error's code differs between targets (refused is 10035 on lwIP).
/// </summary>
public enum ConnectPhase
{
    /// <summary>The host's name has no address.</summary>
    Resolve,

    /// <summary>TCP: refused, unreachable or timed out.</summary>
    Connect,

    /// <summary>The TLS handshake: mostly a certificate that the CA did not sign, that is for another host, or a clock that is wrong.</summary>
    Handshake,
}
