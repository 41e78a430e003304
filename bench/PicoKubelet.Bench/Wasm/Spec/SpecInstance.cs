using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>An instance that a script calls, or the reason why there is none.</summary>
internal sealed class SpecInstance
{
    private readonly int _fuel;

    /// <summary>Wraps an instance.</summary>
    /// <param name="instance">It.</param>
    /// <param name="fuel">How far it runs at a time.</param>
    public SpecInstance(WasmInstance instance, int fuel)
    {
        Instance = instance;
        _fuel = fuel;
    }

    private SpecInstance(string reason)
    {
        Reason = reason;
    }

    /// <summary>Gets the instance; null where it was left out.</summary>
    public WasmInstance? Instance { get; }

    /// <summary>Gets why it was left out; null where it was not.</summary>
    public string? Reason { get; }

    /// <summary>Gets the trap of the start function.</summary>
    public WasmTrap? Trap { get; private set; }

    /// <summary>An instance that was left out.</summary>
    public static SpecInstance LeftOut(string reason)
    {
        return new SpecInstance(reason);
    }

    /// <summary>Runs the start function where there is one.</summary>
    public void Start()
    {
        if (Instance!.ActiveCalls > 0)
        {
            Trap = RunToEnd() == WasmStatus.Trapped ? Instance.Trap : null;
        }
    }

    /// <summary>Calls an export or reads a global.</summary>
    public SpecOutcome Perform(SpecAction action)
    {
        if (action.Type == "get")
        {
            WasmGlobal global = (WasmGlobal)Instance!.GetExport(action.Field);
            return new SpecOutcome([SpecValue.Of(global.Type, global.Bits)], null);
        }

        int function = Instance!.Module.FindFunction(action.Field);
        try
        {
            Instance.Begin(function, [.. action.Args!.Select(argument => (long)argument.Bits)]);
        }
        catch (WasmTrapException e)
        {
            throw new InvalidOperationException($"{action.Field} could not begin", e);
        }

        if (RunToEnd() == WasmStatus.Trapped)
        {
            return new SpecOutcome([], Instance.Trap);
        }

        return new SpecOutcome([.. Enumerable.Range(0, Instance.ResultCount).Select(i => SpecValue.Of(Instance.ResultType(i), Instance.ResultBits(i)))], null);
    }

    private WasmStatus RunToEnd()
    {
        WasmStatus status;
        do
        {
            status = Instance!.Run(_fuel);
        }
        while (status == WasmStatus.OutOfFuel);
        return status;
    }
}
