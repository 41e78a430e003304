using System;

namespace PicoKubelet.Wasm;


/// <summary>
/// A module with memory, globals and a stack of its own: begun, run in slices, suspended, ended. Not for several
/// threads at once.
/// </summary>
public sealed partial class WasmInstance
{
    /// <summary>Links a module's imports, makes its memory, table and globals and copies its segments.</summary>
    /// <param name="module">The module.</param>
    /// <param name="imports">Answers its imports; null where it has none.</param>
    /// <param name="limits">What the instance may use.</param>
    /// <remarks>Where the module has a start function, that is begun: call <see cref="Run"/> until it has finished.</remarks>
    /// <exception cref="WasmLinkException">An import is missing or of another type, or memory or table are larger than the limits.</exception>
    /// <exception cref="WasmTrapException">A segment does not fit; what was copied before to shared memories and tables stays.</exception>
    public WasmInstance(WasmModule module, IWasmImports imports, WasmLimits limits)
    {
        throw new NotSupportedException();
    }

    /// <summary>The module.</summary>
    public WasmModule Module { get; }

    /// <summary>Its memory, own or imported; null where it has none.</summary>
    public WasmMemory Memory { get; }

    /// <summary>How the last <see cref="Run"/> ended, for the call on top.</summary>
    public WasmStatus Status { get; private set; }

    /// <summary>The time that a host function gave with its wish to wait, in the host's unit.</summary>
    public long WakeAt { get; internal set; }

    /// <summary>The code of a program that ended itself.</summary>
    public int ExitCode { get; internal set; }

    /// <summary>The last trap, or null.</summary>
    public WasmTrap Trap { get; private set; }

    /// <summary>An object of this kind for the export, to be imported by another instance, or null.</summary>
    /// <returns>A <see cref="WasmFunction"/>, <see cref="WasmMemory"/>, <see cref="WasmGlobal"/> or <see cref="WasmTable"/>.</returns>
    public object GetExport(string name) => throw new NotSupportedException();

    /// <summary>
    /// Begins a call of a function; <see cref="Run"/> executes it. While an earlier call is suspended this one goes on
    /// top: it has to end first, then Run goes on with the earlier one.
    /// </summary>
    /// <param name="function">Its index, see <see cref="WasmModule.FindFunction"/>.</param>
    /// <param name="arguments">Bits of the arguments, those of 32 bits in the lower half; null without any.</param>
    /// <exception cref="ArgumentException">The number of arguments differs from that of parameters, or no such function.</exception>
    /// <exception cref="WasmTrapException">The stack has no room for one more call.</exception>
    public void Begin(int function, long[] arguments) => throw new NotSupportedException();

    /// <summary>
    /// Executes the call on top, until it ends, waits, or the fuel is used up. Never throws what a program does: see
    /// <see cref="Trap"/>. Allocates nothing, but for the stack's and the memory's growth and for a trap.
    /// </summary>
    /// <param name="fuel">How far to go: about the number of translated instructions; each stands for two or three of WebAssembly's.</param>
    /// <returns>Where the call stands.</returns>
    public WasmStatus Run(int fuel) => throw new NotSupportedException();

    /// <summary>How many calls are begun and not ended: 2 while one runs on top of a suspended one.</summary>
    public int ActiveCalls => throw new NotSupportedException();

    /// <summary>How many results the call that finished last has.</summary>
    public int ResultCount => throw new NotSupportedException();

    /// <summary>A result's type.</summary>
    public WasmType ResultType(int index) => throw new NotSupportedException();

    /// <summary>A result's bits; those of 32 bits are the lower ones, the upper ones are 0. Valid until the next Begin.</summary>
    public long ResultBits(int index) => throw new NotSupportedException();

    /// <summary>Takes all calls away, suspended ones too.</summary>
    public void Abort() => throw new NotSupportedException();
}
