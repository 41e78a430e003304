using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

/// <summary>One function of the module <c>pico</c>, made where a program imports it.</summary>
internal sealed class PicoFunction : WasmHostFunction
{
    private readonly PicoModule _module;
    private readonly int _number;

    public PicoFunction(PicoModule module, string signature, int number)
        : base(signature)
    {
        _module = module;
        _number = number;
    }

    /// <inheritdoc/>
    public override void Invoke(WasmHostCall call)
    {
        _module.Call(_number, call);
    }
}
