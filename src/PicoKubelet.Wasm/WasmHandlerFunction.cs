namespace PicoKubelet.Wasm;


/// <summary>A host function made of a delegate.</summary>
public sealed class WasmHandlerFunction : WasmHostFunction
{
    private readonly WasmHostHandler _handler;

    /// <summary>A function of this signature that calls the delegate.</summary>
    public WasmHandlerFunction(string signature, WasmHostHandler handler) : base(signature)
    {
        _handler = handler;
    }

    /// <inheritdoc/>
    public override void Invoke(WasmHostCall call) => _handler(call);
}
