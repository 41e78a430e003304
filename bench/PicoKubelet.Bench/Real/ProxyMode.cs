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

    /// <summary>Resets each connection once so many bytes of replies have passed, in the middle of one.</summary>
    MidReply,
}
