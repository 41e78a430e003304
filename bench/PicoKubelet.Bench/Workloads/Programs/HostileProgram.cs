namespace PicoKubelet.Bench.Workloads.Programs;

/// <summary>A program that is up to no good.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Module">The module.</param>
internal sealed record HostileProgram(string Name, byte[] Module);
