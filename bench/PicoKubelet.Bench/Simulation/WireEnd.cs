namespace PicoKubelet.Bench.Simulation;

/// <summary>What comes behind the bytes of a reply.</summary>
internal enum WireEnd
{
    /// <summary>The next reply.</summary>
    KeepAlive,

    /// <summary>A reset.</summary>
    Reset,

    /// <summary>Nothing, for ever.</summary>
    Silence,
}
