namespace PicoKubelet.Bench.Simulation;

/// <summary>A request that the board sent, or a connection that it asked for in vain.</summary>
/// <param name="At">When, in the simulation's milliseconds.</param>
/// <param name="Method">The method; empty for a connection.</param>
/// <param name="Path">The path and query.</param>
/// <param name="Status">The status of the answer; 0 where none came.</param>
internal sealed record ServedRequest(long At, string Method, string Path, int Status)
{
    /// <summary>Gets whether it is a sign of life that the API server took.</summary>
    public bool IsHeartbeat => Status is >= 200 and < 300 && (Path.Contains("/leases", StringComparison.Ordinal) || Path.EndsWith("/status", StringComparison.Ordinal));
}
