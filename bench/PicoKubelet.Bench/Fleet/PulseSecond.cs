namespace PicoKubelet.Bench.Fleet;

/// <summary>A second of a fleet's requests.</summary>
/// <param name="First">The boards' first requests since they were switched on.</param>
/// <param name="Requests">All requests.</param>
/// <param name="Most">The most requests within 100 ms.</param>
/// <param name="Writes">The Leases and status reports that the API server took.</param>
internal readonly record struct PulseSecond(int First, int Requests, int Most, int Writes);
