using System;

namespace PicoKubelet.Wasm;


/// <summary>
/// A module with memory, globals and a stack of its own: begun, run in slices, suspended, ended. Not for several
/// threads at once.
/// </summary>
public sealed partial class WasmInstance
{
    private readonly WasmLimits _limits;
    private Machine _machine;
    private bool _running;

    /// <summary>Links a module's imports, makes its memory, table and globals and copies its segments.</summary>
    /// <param name="module">The module.</param>
    /// <param name="imports">Answers its imports; null where it has none.</param>
    /// <param name="limits">What the instance may use.</param>
    /// <remarks>Where the module has a start function, that is begun: call <see cref="Run"/> until it has finished.</remarks>
    /// <exception cref="WasmLinkException">An import is missing or of another type, or memory or table are larger than the limits.</exception>
    /// <exception cref="WasmTrapException">A segment does not fit, and nothing was copied; or the limit of bytes is reached.</exception>
    public WasmInstance(WasmModule module, IWasmImports imports, WasmLimits limits)
    {
        Module = module;
        _limits = limits;
        Link(imports);
        CopySegments();
        if (module.StartFunction >= 0)
        {
            Begin(module.StartFunction, null);
        }
    }

    /// <summary>The module.</summary>
    public WasmModule Module { get; }

    /// <summary>Its memory, own or imported; null where it has none.</summary>
    public WasmMemory Memory { get; private set; }

    /// <summary>How the last <see cref="Run"/> ended, for the call that was on top.</summary>
    public WasmStatus Status { get; private set; }

    /// <summary>The time that a host function gave with its wish to wait, in the host's unit.</summary>
    public long WakeAt { get; internal set; }

    /// <summary>The code of a program that ended itself.</summary>
    public int ExitCode { get; internal set; }

    /// <summary>The last trap, or null.</summary>
    public WasmTrap Trap { get; private set; }

    /// <summary>
    /// Whether the next call of a host function suspends the program, as if that waited until 0. There another call may be begun on top; where the
    /// fuel is used up it may not, for compiled code may have values below its stack pointer.
    /// </summary>
    public bool YieldsAtHostCall { get; set; }

    /// <summary>How many calls are begun and not ended: 2 while one runs on top of a suspended one.</summary>
    public int ActiveCalls => _machine == null ? 0 : _machine.Active;

    /// <summary>How many results the call has that was begun last.</summary>
    public int ResultCount => _machine == null ? 0 : Module.ResultCount(_machine.Function);

    /// <summary>A result's type.</summary>
    public WasmType ResultType(int index) => Module.ResultType(_machine.Function, index);

    /// <summary>A result's bits; those of 32 bits are the lower ones, the upper ones are 0. Valid until the next Begin or Run.</summary>
    public long ResultBits(int index) => _machine.ResultBits(index);

    /// <summary>An object for the export, to be imported by another instance, or null.</summary>
    /// <returns>
    /// A <see cref="WasmFunction"/> (of an imported one what was imported), <see cref="WasmMemory"/>,
    /// <see cref="WasmGlobal"/> or <see cref="WasmTable"/>.
    /// </returns>
    public object GetExport(string name)
    {
        for (var i = 0; i < Module.ExportCount; i++)
        {
            if (Module.ExportNames[i] == name)
            {
                int index = Module.ExportIndices[i];
                return Module.ExportKind(i) switch
                {
                    WasmExternalKind.Function => index < Functions.Length ? Functions[index] : new WasmFunction(this, index),
                    WasmExternalKind.Table => Table,
                    WasmExternalKind.Memory => Memory,
                    _ => Globals[index],
                };
            }
        }

        return null;
    }

    /// <summary>
    /// Begins a call of a function; <see cref="Run"/> executes it. While an earlier call is suspended this one goes on
    /// top: it has to end first, then Run goes on with the earlier one.
    /// </summary>
    /// <param name="function">Its index, see <see cref="WasmModule.FindFunction"/>.</param>
    /// <param name="arguments">Bits of the arguments, those of 32 bits in the lower half; null without any.</param>
    /// <exception cref="ArgumentException">The number of arguments differs from that of parameters, or no such function.</exception>
    /// <exception cref="WasmTrapException">The stack has no room for one more call.</exception>
    /// <exception cref="InvalidOperationException">It is called by a host function that this instance calls.</exception>
    public void Begin(int function, long[] arguments)
    {
        NotRunning();
        if ((uint)function >= (uint)Module.FunctionTypes.Length)
        {
            throw new ArgumentException("function");
        }

        arguments ??= new long[0];
        if (arguments.Length != Module.ParameterCount(function))
        {
            throw new ArgumentException("arguments");
        }

        var instance = this;
        var index = function;
        if (function < Functions.Length && Functions[function] is WasmFunction other)
        {
            instance = other.Instance;
            index = other.Index;
        }

        _machine ??= new Machine(this, _limits);
        if (!_machine.Begin(instance, index, arguments, function))
        {
            throw new WasmTrapException(WasmTrapKind.CallStackExhausted);
        }

        Trap = null;
        Status = WasmStatus.OutOfFuel;
    }

    /// <summary>
    /// Executes the call on top, until it ends, waits, or the fuel is used up. Never throws what a program does: see
    /// <see cref="Trap"/>. Allocates nothing, but for the stack's and the memory's growth and for a trap.
    /// </summary>
    /// <param name="fuel">
    /// How far to go, at least 1: about the number of translated instructions, each of which stands for two or three of
    /// WebAssembly's. Jumps back and calls are counted, so that a run may go on for as long as one function is.
    /// </param>
    /// <returns>Where the call stands.</returns>
    /// <exception cref="InvalidOperationException">It is called by a host function that this instance calls.</exception>
    public WasmStatus Run(int fuel)
    {
        NotRunning();
        if (ActiveCalls == 0)
        {
            return Status = WasmStatus.Idle;
        }

        _running = true;
        try
        {
            Status = _machine.Run(fuel);
        }
        finally
        {
            _running = false;
        }

        if (Status == WasmStatus.Trapped)
        {
            Trap = _machine.TakeTrap();
        }
        else if (Status == WasmStatus.Exited)
        {
            _machine.Unwind();
        }

        return Status;
    }

    /// <summary>Takes the call on top away; what it suspended goes on with the next <see cref="Run"/>.</summary>
    public void CancelCall()
    {
        NotRunning();
        if (ActiveCalls > 0)
        {
            _machine.Unwind();
        }

        Status = ActiveCalls > 0 ? WasmStatus.Waiting : WasmStatus.Idle;
    }

    /// <summary>Takes all calls away, suspended ones too.</summary>
    public void Abort()
    {
        NotRunning();
        while (ActiveCalls > 0)
        {
            _machine.Unwind();
        }

        Status = WasmStatus.Idle;
    }

    private void NotRunning()
    {
        if (_running)
        {
            throw new InvalidOperationException();
        }
    }
}
