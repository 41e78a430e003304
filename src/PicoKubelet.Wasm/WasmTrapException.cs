using System;

namespace PicoKubelet.Wasm;


/// <summary>
/// A trap outside of <see cref="WasmInstance.Run"/>: a segment that does not fit while an instance is made, or a host
/// function that reads or writes behind the end of the memory (thrown out of a host function it ends the call as this trap).
/// </summary>
public sealed class WasmTrapException : Exception
{
    /// <summary>A trap of a kind, with the specification's words as message.</summary>
    public WasmTrapException(WasmTrapKind kind) : base(WasmTrap.TextOf(kind))
    {
        Kind = kind;
    }

    /// <summary>The kind.</summary>
    public WasmTrapKind Kind { get; }
}
