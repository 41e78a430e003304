namespace PicoKubelet.Probes;

/// <summary>What a pod says of a probe (core/v1 Probe), with the API server's defaults.</summary>
public sealed class ProbeSpec
{
    /// <summary>Gets or sets the function that is called; 0 is well.</summary>
    public string Function { get; set; }

    /// <summary>Gets or sets the seconds from the program's start to the first call.</summary>
    public int InitialDelaySeconds { get; set; }

    /// <summary>Gets or sets the seconds from one call to the next.</summary>
    public int PeriodSeconds { get; set; } = 10;

    /// <summary>Gets or sets the seconds that a call may take.</summary>
    public int TimeoutSeconds { get; set; } = 1;

    /// <summary>Gets or sets how many successes in a row it takes to be well.</summary>
    public int SuccessThreshold { get; set; } = 1;

    /// <summary>Gets or sets how many failures in a row it takes not to be well.</summary>
    public int FailureThreshold { get; set; } = 3;

    /// <summary>Gets or sets the seconds that the program has to end once the probe has failed, or -1 for the pod's.</summary>
    public int GraceSeconds { get; set; } = -1;
}
