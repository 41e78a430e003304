using System;
using PicoKubelet.Logging;
using PicoKubelet.Outputs;
using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

/// <summary>
/// One run of a program, from loading it to its end, in small steps. It belongs to one thread; a stop may be requested by any.
/// </summary>
public sealed partial class ProgramRun
{
    /// <summary>The exit code of what was killed: 128 and SIGKILL, as a container runtime gives it.</summary>
    public const int Killed = 137;

    /// <summary>The exit code of what did not start, as container runtimes give it.</summary>
    public const int NotStarted = 128;

    // 128 and SIGABRT: a C program that fails ends so. 128 and SIGTERM: what a process that handles no signal ends with.
    private const int Aborted = 134;
    private const int Terminated = 143;

    private const string EntryPoint = "_start";

    // How far a step goes: some milliseconds of a Pico W.
    private const int LoadStep = 64;
    private const int Fuel = 250;
    private const long NanosecondsPerMillisecond = 1000000;

    private readonly LoadedProgram _program;
    private readonly ProgramHost _host;
    private readonly string[] _arguments;
    private readonly string[] _environment;
    private WasmLoader _loader;
    private WasmInstance _instance;
    private bool _usesStop;
    private long _dueAt;

    // The entry point, as long as the module's own start function runs before it; -1 otherwise.
    private int _entry = -1;

    /// <summary>Begins a run; the first <see cref="Step"/> does something.</summary>
    /// <param name="context">What programs can reach.</param>
    /// <param name="owner">Keeps what outlives the run.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments, its name first.</param>
    /// <param name="environment">Its environment, <c>NAME=value</c> each.</param>
    /// <param name="log">Where its output goes.</param>
    /// <param name="devices">What of the board it may use beyond LED and cells, or null.</param>
    public ProgramRun(ProgramContext context, IProgramOwner owner, LoadedProgram program, string[] arguments, string[] environment, LogRing log, ProgramDevices devices)
    {
        _program = program;
        _arguments = arguments;
        _environment = environment;
        _host = new ProgramHost(context, owner, log, devices);
    }

    /// <summary>Gets or sets the functions that it has to export to be called, or null.</summary>
    public string[] Functions { get; set; }

    /// <summary>Gets whether the program itself has begun: it is loaded and linked.</summary>
    public bool IsStarted => _instance != null;

    /// <summary>Gets whether the run is over.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Gets the exit code of a run that is over.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Gets the reason of a run that is over, in the kubelet's words.</summary>
    public string Reason { get; private set; }

    /// <summary>Gets what there is to say about the end for people, or null.</summary>
    public string Message { get; private set; }

    /// <summary>Gets when the next step makes sense, in the clock's milliseconds; a time that is past for at once.</summary>
    public long DueAt
    {
        // What the program waits for is nothing to a call on top of it.
        get => _function == null && _host.Devices != null && _host.Devices.HasAwaited ? 0 : _dueAt;
        private set => _dueAt = value;
    }

    /// <summary>Gets the bytes of the heap that the program's code and the memory that it has touched take.</summary>
    public int MemoryBytes => (_program.Module == null ? 0 : _program.Module.CodeBytes) + (_instance?.Memory == null ? 0 : _instance.Memory.BytesInUse);

    /// <summary>Goes on for a few milliseconds. Nothing is thrown.</summary>
    public void Step()
    {
        if (IsEnded)
        {
            return;
        }

        try
        {
            if (_instance == null)
            {
                Load();
            }
            else
            {
                Run();
            }
        }
        catch (WasmLoadException e)
        {
            End(NotStarted, "StartError", "not a program that runs here: " + e.Message);
        }
        catch (WasmLinkException e)
        {
            End(NotStarted, "StartError", e.Message);
        }
        catch (WasmTrapException e)
        {
            EndTrapped(e.Kind, e.Message);
        }
        catch (OutOfMemoryException)
        {
            _instance = null;
            End(Killed, "OOMKilled", null);
        }
        catch (Exception e)
        {
            End(Aborted, "Error", e.Message);
        }
    }

    /// <summary>Asks the program to end. One that can not hear it is ended with the next step, as a process that handles no SIGTERM.</summary>
    public void RequestStop()
    {
        _host.IsStopRequested = true;
        DueAt = 0;
    }

    /// <summary>Ends the run at once.</summary>
    /// <param name="reason">The reason.</param>
    public void Kill(string reason)
    {
        if (!IsEnded)
        {
            End(Killed, reason, null);
        }
    }

    private void Load()
    {
        if (_host.IsStopRequested)
        {
            End(Terminated, "Error", null);
            return;
        }

        if (_program.Module == null)
        {
            _loader ??= new WasmLoader(_program.Bytes.Open(), _program.Limits);
            if (!_loader.Step(LoadStep))
            {
                return;
            }

            _program.Complete(_loader.Module);
            _loader = null;
        }

        WasmModule module = _program.Module;
        WasmImports imports = new WasmImports();
        _wasi = new WasiPreview1(_host, _arguments, _environment, _host.Owner.Mounts == null ? null : _host);
        imports.Add(_wasi);
        imports.Add(new PicoModule(_host));
        WasmInstance instance = new WasmInstance(module, imports, _program.Limits);
        int start = module.FindFunction(EntryPoint);
        if (start < 0 || module.ParameterCount(start) > 0)
        {
            End(NotStarted, "StartError", "the program exports no function " + EntryPoint);
            return;
        }

        string missing = FindMissing(module);
        if (missing != null)
        {
            End(NotStarted, "StartError", "the program exports no function " + missing + " without parameters and with a result of type i32, which a probe calls");
            return;
        }

        _usesStop = UsesStop(module);
        Checkpoint checkpoint = Checkpoint;
        Checkpoint = null;
        bool isTakenUp = checkpoint != null && checkpoint.TryRead(this, instance, _host.Context.Clock.Milliseconds);
        if (checkpoint != null && !isTakenUp)
        {
            instance = new WasmInstance(module, imports, _program.Limits);
        }

        if (instance.ActiveCalls == 0)
        {
            instance.Begin(start, null);
        }
        else if (!isTakenUp)
        {
            _entry = start;
        }

        _instance = instance;
    }

    private void Run()
    {
        if (_host.IsStopRequested)
        {
            if (!_usesStop)
            {
                End(Terminated, "Error", null);
                return;
            }

            CancelCall();
        }

        if (_function != null && _isWaiting)
        {
            RunCall();
            return;
        }

        _isWaiting = false;
        switch (_instance.Run(Fuel))
        {
            case WasmStatus.Waiting:
                // Sleeps end early once the program is to end.
                _resumeAt = _host.IsStopRequested ? 0 : WakeAt;
                _isWaiting = true;
                DueAt = _function == null ? _resumeAt : 0;
                break;
            case WasmStatus.Finished when _entry >= 0:
                _instance.Begin(_entry, null);
                _entry = -1;
                DueAt = 0;
                break;
            case WasmStatus.Finished:
                EndExited(0);
                break;
            case WasmStatus.Exited:
                EndExited(_instance.ExitCode);
                break;
            case WasmStatus.Trapped:
                EndTrapped(_instance.Trap.Kind, _instance.Trap.ToString());
                break;
            default:
                DueAt = 0;
                break;
        }
    }

    private long WakeAt => _instance.WakeAt == long.MaxValue ? long.MaxValue : ((_instance.WakeAt + NanosecondsPerMillisecond - 1) / NanosecondsPerMillisecond) - _host.Ahead;

    private void EndExited(int code)
    {
        // As a process' exit code: the lowest eight bits.
        code &= 255;
        End(code, code == 0 ? "Completed" : "Error", null);
    }

    private void EndTrapped(WasmTrapKind kind, string message)
    {
        if (kind == WasmTrapKind.OutOfMemory)
        {
            End(Killed, "OOMKilled", null);
        }
        else
        {
            End(Aborted, "Error", message);
        }
    }

    private void End(int code, string reason, string message)
    {
        _host.Log.EndLine(_host.Context.UtcNow);
        if (message != null)
        {
            _host.Log.WriteLine(message, _host.Context.UtcNow);
        }

        ExitCode = code;
        Reason = reason;
        Message = message;
        _instance = null;
        _loader = null;
        _function = null;
        DueAt = 0;
        IsEnded = true;
        _host.Devices?.Reset();
        DropCheckpoint();
        if (_host.Led != 0)
        {
            _host.Context.Outputs.Led.Show(LedDisplay.Status);
        }
    }
}
