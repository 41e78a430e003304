using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Wasm.Speed;

/// <summary>A program in the engine, ready to be timed.</summary>
internal sealed class WasmWorkload
{
    private readonly WasmInstance _instance;
    private readonly int _function;
    private readonly long[] _arguments = new long[1];

    /// <summary>Loads a module with a board's limits and makes an instance.</summary>
    /// <param name="bytes">A module that exports <c>run</c>.</param>
    public WasmWorkload(byte[] bytes)
    {
        WasmLimits limits = new();
        Module = WasmLoader.Load(bytes, limits);
        _instance = new WasmInstance(Module, new WasmImports(), limits);
        _function = Module.FindFunction("run");
    }

    /// <summary>Gets the module.</summary>
    public WasmModule Module { get; }

    /// <summary>Runs the export.</summary>
    /// <returns>Its result.</returns>
    /// <exception cref="InvalidOperationException">It trapped.</exception>
    public int Run(int rounds)
    {
        _arguments[0] = rounds;
        _instance.Begin(_function, _arguments);
        WasmStatus status;
        do
        {
            status = _instance.Run(int.MaxValue);
        }
        while (status == WasmStatus.OutOfFuel);
        return status == WasmStatus.Finished ? (int)_instance.ResultBits(0) : throw new InvalidOperationException($"{status}: {_instance.Trap}");
    }
}
