namespace PicoKubelet.Wasm.SpecTests.Programs;

/// <summary>An instance whose exports a test calls, in slices.</summary>
internal sealed class ExportRun
{
    private const int Fuel = 100;

    /// <summary>Loads a module with a board's limits and makes an instance.</summary>
    public ExportRun(byte[] bytes, WasmImports imports)
    {
        WasmLimits limits = new();
        Instance = new WasmInstance(WasmLoader.Load(bytes, limits), imports, limits);
        if (Instance.ActiveCalls > 0)
        {
            Assert.AreEqual(WasmStatus.Finished, RunToEnd());
        }
    }

    /// <summary>Gets the instance.</summary>
    public WasmInstance Instance { get; }

    /// <summary>Calls an export that returns.</summary>
    /// <returns>The bits of its results.</returns>
    public long[] Call(string name, params int[] arguments)
    {
        Begin(name, arguments);
        Assert.AreEqual(WasmStatus.Finished, RunToEnd(), $"{Instance.Trap}");
        return [.. Enumerable.Range(0, Instance.ResultCount).Select(Instance.ResultBits)];
    }

    /// <summary>Calls an export that traps.</summary>
    /// <returns>Why it trapped.</returns>
    public WasmTrapKind Trap(string name, params int[] arguments)
    {
        Begin(name, arguments);
        Assert.AreEqual(WasmStatus.Trapped, RunToEnd());
        return Instance.Trap.Kind;
    }

    private void Begin(string name, int[] arguments)
    {
        Instance.Begin(Instance.Module.FindFunction(name), [.. arguments.Select(argument => (long)(uint)argument)]);
    }

    private WasmStatus RunToEnd()
    {
        WasmStatus status;
        do
        {
            status = Instance.Run(Fuel);
        }
        while (status == WasmStatus.OutOfFuel);
        return status;
    }
}
