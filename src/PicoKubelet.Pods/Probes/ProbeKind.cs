namespace PicoKubelet.Probes;

/// <summary>What a probe looks at (core/v1 Container).</summary>
public enum ProbeKind
{
    /// <summary>Whether the program has come up; until then the others wait.</summary>
    Startup,

    /// <summary>Whether the program is well, or to be restarted.</summary>
    Liveness,

    /// <summary>Whether the program may be counted on.</summary>
    Readiness,
}
