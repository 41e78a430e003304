namespace PicoKubelet.Bench.Reporting;

/// <summary>A program can not go on, for a reason that whoever runs it can do something about.</summary>
internal class BenchException(string message) : Exception(message);
