namespace PicoKubelet.Bench.Simulation;

/// <summary>What becomes of a connection that the board asks for.</summary>
internal enum WireConnect
{
    /// <summary>It is made.</summary>
    Accept,

    /// <summary>It is refused at once.</summary>
    Refuse,

    /// <summary>No answer comes.</summary>
    Silence,

    /// <summary>It is made, and the TLS handshake gets no answer.</summary>
    SilentHandshake,
}
