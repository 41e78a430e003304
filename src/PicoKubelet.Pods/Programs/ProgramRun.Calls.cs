using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

// Calls of functions that the program exports. They go on top of the program, in its memory, and it stands still meanwhile.
public sealed partial class ProgramRun
{
    private string _function;
    private bool _isCallBegun;

    // Whether the program stands behind a call of the host, where another call may go on top; and until when it waits there.
    private bool _isWaiting;
    private long _resumeAt;

    /// <summary>Gets whether a call is under way.</summary>
    public bool IsCalling => _function != null;

    /// <summary>Gets what was wrong with the last call, in words, or null where its function returned 0.</summary>
    public string CallFailure { get; private set; }

    /// <summary>
    /// Has a function called, which takes nothing and returns an i32: with the next step where the program waits, otherwise at its next call of
    /// the host. A trap in it is its failure and no end of the program.
    /// </summary>
    /// <param name="function">The export's name, of <see cref="Functions"/>.</param>
    public void Call(string function)
    {
        if (_instance == null || _function != null)
        {
            return;
        }

        _function = function;
        CallFailure = null;
        _instance.YieldsAtHostCall = true;
        DueAt = 0;
    }

    /// <summary>Takes a call away that has not ended; the program goes on.</summary>
    public void CancelCall()
    {
        if (_function == null)
        {
            return;
        }

        if (_isCallBegun)
        {
            _instance.CancelCall();
        }

        EndCall(null);
    }

    private static bool IsCallable(WasmModule module, string export)
    {
        int function = module.FindFunction(export);
        return function >= 0 && module.ParameterCount(function) == 0 && module.ResultCount(function) == 1 && module.ResultType(function, 0) == WasmType.I32;
    }

    private string FindMissing(WasmModule module)
    {
        for (int i = 0; Functions != null && i < Functions.Length; i++)
        {
            if (!IsCallable(module, Functions[i]))
            {
                return Functions[i];
            }
        }

        return null;
    }

    private void RunCall()
    {
        try
        {
            if (!_isCallBegun)
            {
                _instance.YieldsAtHostCall = false;
                _instance.Begin(_program.Module.FindFunction(_function), null);
                _isCallBegun = true;
            }

            switch (_instance.Run(Fuel))
            {
                case WasmStatus.Waiting:
                    DueAt = WakeAt;
                    break;
                case WasmStatus.Finished:
                    EndCall((int)_instance.ResultBits(0));
                    break;
                case WasmStatus.Exited:
                    EndCall(_instance.ExitCode);
                    break;
                case WasmStatus.Trapped:
                    EndCall(_function + ": " + _instance.Trap.ToString());
                    break;
                default:
                    DueAt = 0;
                    break;
            }
        }
        catch (WasmTrapException e)
        {
            // The stack has no room for it beside the program.
            EndCall(_function + ": " + e.Message);
        }
    }

    private void EndCall(int result)
    {
        EndCall(result == 0 ? null : _function + " returned " + result.ToString());
    }

    private void EndCall(string failure)
    {
        _instance.YieldsAtHostCall = false;
        _function = null;
        _isCallBegun = false;
        CallFailure = failure;
        DueAt = _isWaiting ? _resumeAt : 0;
    }

    private static bool UsesStop(WasmModule module)
    {
        for (int i = 0; i < module.ImportCount; i++)
        {
            if (module.ImportModule(i) == PicoModule.Name && module.ImportName(i) == PicoModule.StopRequested)
            {
                return true;
            }
        }

        return false;
    }
}
