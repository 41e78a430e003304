namespace PicoKubelet.Wasm;


/// <summary>A function of an instance, to be imported by another instance.</summary>
public sealed class WasmFunction
{
    internal WasmFunction(WasmInstance instance, int index)
    {
        Instance = instance;
        Index = index;
    }

    /// <summary>The instance it belongs to.</summary>
    public WasmInstance Instance { get; }

    /// <summary>Its index there, imports counted.</summary>
    public int Index { get; }
}
