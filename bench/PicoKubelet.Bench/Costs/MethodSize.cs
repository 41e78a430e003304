namespace PicoKubelet.Bench.Costs;

/// <summary>A method's bytecode.</summary>
internal sealed record MethodSize(string Namespace, string Type, string Name, int Bytes);
