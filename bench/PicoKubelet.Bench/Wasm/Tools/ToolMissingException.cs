using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Wasm.Tools;

/// <summary>A program that makes WebAssembly is not installed.</summary>
internal sealed class ToolMissingException(string message) : BenchException(message);
