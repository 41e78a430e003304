using System;
using PicoKubelet.Outputs;
using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

/// <summary>
/// One run of a program, from loading it to its end, in small steps. It belongs to one thread; a stop may be requested by any.
/// </summary>
public sealed class ProgramRun
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

    /// <summary>Begins a run; the first <see cref="Step"/> does something.</summary>
    /// <param name="context">What programs can reach.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments, its name first.</param>
    /// <param name="environment">Its environment, <c>NAME=value</c> each.</param>
    /// <param name="log">Where its output goes.</param>
    /// <param name="pins">Its pins, or null where it has none.</param>
    public ProgramRun(ProgramContext context, LoadedProgram program, string[] arguments, string[] environment, LogRing log, PinClaim pins)
    {
        _program = program;
        _arguments = arguments;
        _environment = environment;
        _host = new ProgramHost(context, log, pins);
    }

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
    public long DueAt { get; private set; }

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
        imports.Add(new WasiPreview1(_host, _arguments, _environment));
        imports.Add(new PicoModule(_host));
        WasmInstance instance = new WasmInstance(module, imports, _program.Limits);
        int start = module.FindFunction(EntryPoint);
        if (start < 0 || module.ParameterCount(start) > 0)
        {
            End(NotStarted, "StartError", "the program exports no function " + EntryPoint);
            return;
        }

        _usesStop = UsesStop(module);
        if (instance.ActiveCalls == 0)
        {
            instance.Begin(start, null);
        }

        _instance = instance;
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

    private void Run()
    {
        if (_host.IsStopRequested && !_usesStop)
        {
            End(Terminated, "Error", null);
            return;
        }

        switch (_instance.Run(Fuel))
        {
            case WasmStatus.Waiting:
                // Sleeps end early once the program is to end.
                long wake = _instance.WakeAt;
                DueAt = _host.IsStopRequested ? 0 : wake == long.MaxValue ? wake : (wake + NanosecondsPerMillisecond - 1) / NanosecondsPerMillisecond;
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
        DueAt = 0;
        IsEnded = true;
        if (_host.UsedLed)
        {
            _host.Context.Outputs.Led.Show(LedDisplay.Status);
        }
    }
}
