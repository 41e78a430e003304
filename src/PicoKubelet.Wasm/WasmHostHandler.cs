namespace PicoKubelet.Wasm;


/// <summary>What a host function does, see <see cref="WasmHostFunction.Invoke"/>.</summary>
public delegate void WasmHostHandler(WasmHostCall call);
