namespace PicoKubelet.Bench.Fuzzing;

/// <summary>A property that does not hold for an input.</summary>
internal sealed class FuzzFailure(string message) : Exception(message);
