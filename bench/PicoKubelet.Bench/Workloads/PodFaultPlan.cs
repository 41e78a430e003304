namespace PicoKubelet.Bench.Workloads;

/// <summary>How pods are put to the test.</summary>
/// <param name="Lasts">How long what lasts does.</param>
/// <param name="MaxLateness">How late a heartbeat may be.</param>
internal sealed record PodFaultPlan(TimeSpan Lasts, TimeSpan MaxLateness)
{
    /// <summary>Gets which faults, by their names; all where there is none.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Gets how many of the hostile programs are left out for each that is run.</summary>
    public int Skips { get; init; }
}
