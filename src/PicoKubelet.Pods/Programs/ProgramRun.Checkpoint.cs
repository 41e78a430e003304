using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

// What it has come to, kept over a reboot that was asked for.
public sealed partial class ProgramRun
{
    // What a program exports that may be taken up again, a function or a global.
    private const string Consent = "pico_checkpoint";

    private WasiPreview1 _wasi;

    /// <summary>Gets or sets what it is to go on from, or null.</summary>
    internal Checkpoint Checkpoint { get; set; }

    /// <summary>Gets whether what it has come to may be kept: the program has begun and consents, and nothing has asked it to end.</summary>
    internal bool MayBeKept
    {
        get
        {
            for (int i = 0; _instance != null && _entry < 0 && !_host.IsStopRequested && i < _program.Module.ExportCount; i++)
            {
                if (_program.Module.ExportName(i) == Consent)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Writes what it has come to. What was called on top of the program is taken away before.</summary>
    internal void Pass(Checkpoint state, long now)
    {
        CancelCall();
        if (_wasi.HasOpenFiles)
        {
            state.Fail();
        }

        Pass(state, _instance, now);
        state.Flush();
    }

    /// <summary>Writes what an instance has come to, or takes it up.</summary>
    internal void Pass(Checkpoint state, WasmInstance instance, long now)
    {
        state.PassOwner();
        if (!state.HasFailed)
        {
            instance.Pass(state);
        }

        if (state.HasFailed)
        {
            return;
        }

        // What is left of a wait; 0 for one without an end.
        long left = _resumeAt == long.MaxValue ? 0 : _resumeAt < now ? 1 : _resumeAt - now + 1;
        bool isWaiting = state.Narrow(_isWaiting ? 1 : 0) != 0;
        left = state.Wide(left);
        _host.Pass(state, now);
        if (state.IsReading)
        {
            _isWaiting = isWaiting;
            _resumeAt = left == 0 ? long.MaxValue : now + left - 1;
            DueAt = isWaiting ? _resumeAt : 0;
        }
    }

    // One that came to nothing is not for another run.
    private void DropCheckpoint()
    {
        if (Checkpoint != null)
        {
            Checkpoint.Delete();
            Checkpoint = null;
        }
    }
}
