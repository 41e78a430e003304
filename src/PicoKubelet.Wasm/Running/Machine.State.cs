namespace PicoKubelet.Wasm;


/// <content>The stack, kept and taken up again.</content>
internal sealed partial class Machine
{
    /// <summary>Whether there is one call from outside, of a function of this instance, that none of another one is within.</summary>
    public bool CanBeKept => Active == 1 && _callerCount == 0 && _instance == _home && _pc >= 0;

    /// <summary>Writes or reads the frames, the outermost first: where each stands, and its registers.</summary>
    public void Pass(WasmState state)
    {
        var module = _home.Module;
        var depth = state.Narrow(_depth);
        var row = Outside;
        for (var i = 0; i <= depth && !state.HasFailed; i++)
        {
            var at = state.Narrow(state.IsReading ? 0 : i == depth ? _pc : _returns[i + 1]);
            var function = at < 0 ? -1 : module.FunctionAt(at);
            var header = function < 0 ? 0 : module.Entries[function];
            if (state.IsReading && !(function >= 0 && at < module.OpCodes.Length && at >= header + 4
                && (i == 0 || IsCall(module, row, function)) && MakeFrame(i, module.C[header], module.C[header + 1])))
            {
                state.Fail();
                return;
            }

            for (var k = 0; k < module.C[header]; k++)
            {
                _frames[i][k] = state.Narrow(_frames[i][k]);
            }

            for (var k = 0; k < module.C[header + 1]; k++)
            {
                _wides[i][k] = state.Wide(_wides[i][k]);
            }

            _returns[i] = row;
            row = at;
            if (i == 0)
            {
                Function = _functions[0] = function;
            }
        }

        if (state.IsReading && row >= 0 && !state.HasFailed)
        {
            _depth = depth;
            _pc = row;
            _instance = _home;
            Active = 1;
        }
        else if (state.IsReading)
        {
            state.Fail();
        }
    }

    // Whether a function may return to this row: behind an indirect call its results' row counts.
    private static bool IsCall(WasmModule module, int row, int function) => module.OpCodes[row] == Op.Call ? module.C[row] == function
        : row > 0 && module.OpCodes[row - 1] == Op.CallIndirect && module.C[row - 1] == module.FunctionTypes[function];
}
