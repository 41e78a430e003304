using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>What an action gave: results, or a trap.</summary>
/// <param name="Results">The results.</param>
/// <param name="Trap">The trap, or null.</param>
internal sealed record SpecOutcome(SpecValue[] Results, WasmTrap? Trap);
