namespace PicoKubelet.Wasm;


/// <summary>One function of WASI, made where a module imports it.</summary>
internal sealed class WasiFunction : WasmHostFunction
{
    private readonly WasiProgram _program;
    private readonly int _number;

    public WasiFunction(WasiProgram program, string signature, string name) : base(signature)
    {
        _program = program;
        _number = WasiProgram.NumberOf(name);
    }

    public override void Invoke(WasmHostCall call)
    {
        var result = _program.Call(_number, call);
        if (_number != WasiProgram.ProcExit)
        {
            call.SetInt32(result);
        }
    }
}
