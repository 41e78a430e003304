namespace PicoKubelet.Bench.Real;

/// <summary>What the proxy does to connections.</summary>
internal enum ProxyMode
{
    /// <summary>Passes everything on.</summary>
    Pass,

    /// <summary>Takes connections and bytes, and answers nothing.</summary>
    HalfOpen,

    /// <summary>Resets each connection at its first byte.</summary>
    Reset,

    /// <summary>Resets each connection in the middle of the first reply behind the handshake.</summary>
    MidReply,
}
