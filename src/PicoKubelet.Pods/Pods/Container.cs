using System;
using PicoKubelet.Events;
using PicoKubelet.Logging;
using PicoKubelet.Probes;
using PicoKubelet.Programs;

namespace PicoKubelet.Pods;

/// <summary>
/// One container of a pod: gets its program, runs it, starts it again. What runs it is the workloads' loop alone; what others
/// look at changes under the pods' gate.
/// </summary>
public sealed partial class Container : IProgramOwner
{
    /// <summary>The reason of a container that is being made.</summary>
    public const string Creating = "ContainerCreating";

    /// <summary>The reason of a container that waits to be started again.</summary>
    public const string CrashLoop = "CrashLoopBackOff";

    // A turn: as long as the others wait for. The number bounds it where the clock is too coarse to.
    private const int TurnMilliseconds = 5;
    private const int TurnSteps = 40;
    private const int PostponeMilliseconds = 5000;

    private readonly ProgramContext _context;
    private readonly CrashBackoff _backoff = new CrashBackoff();
    private readonly int _logBytes;
    private DateTime _earliest;
    private LoadedProgram _program;
    private string[] _arguments;
    private string[] _environment;
    private ProgramRun _run;
    private ProgramDevices _devices;
    private long _started;
    private long _notBefore;
    private long _throttledUntil;

    internal Container(ContainerSpec spec, EventTarget pod, ProgramContext context, int logBytes, DateTime earliest)
    {
        Spec = spec;
        _pod = pod;
        _context = context;
        _logBytes = logBytes;
        _earliest = earliest;
        State = ContainerState.Waiting(Creating, null);
        Log = new LogRing(logBytes);
        Probes = ContainerProbes.Make(spec.StartupProbe, spec.LivenessProbe, spec.ReadinessProbe);
    }

    /// <summary>Gets what the pod says of it.</summary>
    public ContainerSpec Spec { get; }

    /// <summary>Gets what it does.</summary>
    public ContainerState State { get; private set; }

    /// <summary>Gets what became of the run before, or null.</summary>
    public ContainerState LastState { get; private set; }

    /// <summary>Gets how often it was started again.</summary>
    public int RestartCount { get; private set; }

    /// <summary>Gets what the current run, or the last one, wrote.</summary>
    public LogRing Log { get; private set; }

    /// <summary>Gets what the run before wrote, or null.</summary>
    public LogRing PreviousLog { get; private set; }

    /// <summary>Gets the time that it took of the interpreter, milliseconds.</summary>
    public long CpuMilliseconds { get; private set; }

    /// <summary>Gets the memory that its program's code takes and that it has touched, bytes; 0 while it does not run.</summary>
    public int MemoryBytes { get; private set; }

    /// <summary>Gets whether program and environment are there.</summary>
    public bool IsPrepared { get; private set; }

    /// <summary>Gets whether it will not run again.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes over what its pod's status says from before the node was restarted.</summary>
    internal void Restore(int restarts, bool hasRun, RestartPolicy policy, DateTime now)
    {
        RestartCount = restarts;
        if (hasRun)
        {
            ContainerState lost = ContainerState.Terminated(ProgramRun.Killed, "Error", "the node was restarted", now, now);
            if (policy == RestartPolicy.Never)
            {
                State = lost;
                IsOver = true;
            }
            else
            {
                LastState = lost;
            }
        }
    }

    /// <summary>Gives it the time of what happened before the board had one.</summary>
    internal void TakeTime(DateTime time)
    {
        _earliest = time;
        State.TakeTime(time);
        LastState?.TakeTime(time);
    }

    /// <summary>Gets command and arguments, once it has what it needs.</summary>
    internal string[] Arguments => _arguments;

    /// <summary>Gets its environment, <c>NAME=value</c> each, once it has what it needs.</summary>
    internal string[] Environment => _environment;

    /// <summary>Gets its program's SHA-256, or null where it is not known.</summary>
    internal byte[] ProgramDigest => _program?.Digest;

    /// <summary>Gets or sets how long it waited before it was last started, milliseconds.</summary>
    internal int BackoffMilliseconds
    {
        get => _backoff.Last;
        set => _backoff.Last = value;
    }

    /// <summary>Gives it what it needs to run.</summary>
    internal void Prepare(LoadedProgram program, string[] arguments, string[] environment)
    {
        Spec.NoteProgram(program.Bytes);
        _program = program;
        _arguments = arguments;
        _environment = environment;
        IsPrepared = true;
        State = ContainerState.Waiting(Creating, null);
    }

    /// <summary>Tells why it can not be made yet.</summary>
    /// <returns>Whether that is another state than before.</returns>
    internal bool Wait(string reason, string message)
    {
        if (State.Phase == ContainerPhase.Waiting && State.Reason == reason && State.Message == message)
        {
            return false;
        }

        State = ContainerState.Waiting(reason, message);
        return true;
    }

    /// <summary>Ends it without a run.</summary>
    internal void Cancel(string reason, DateTime now)
    {
        if (!IsOver && _run == null)
        {
            State = ContainerState.Terminated(ProgramRun.Killed, reason, null, now, now);
            Finish();
        }
    }

    /// <summary>Has the next start wait a little: what it needs is not there.</summary>
    internal void Postpone(long now)
    {
        _notBefore = now + PostponeMilliseconds;
    }

    /// <summary>Gets whether a run is under way.</summary>
    internal bool HasRun => _run != null;

    /// <summary>Takes what of the board its limits name for itself, until it is over.</summary>
    /// <returns>Null, or why it does not have it.</returns>
    internal string Claim(string holder)
    {
        try
        {
            _devices ??= Spec.Resources == null ? null : ProgramDevices.Claim(_context, Spec.Resources, holder);
            return null;
        }
        catch (InvalidOperationException e)
        {
            return "what the limits name is not to be had: " + e.Message;
        }
    }

    /// <summary>Looks whether the heap has room for a run.</summary>
    /// <returns>Null, or what is to be said of it.</returns>
    internal string FindLack()
    {
        // Without what is free: the same words as long as it lacks.
        int needed = _program.NeededBytes;
        return _context.GetRoom() >= needed ? null : "the program needs " + needed.ToString() + " bytes of the board's heap, more than are free beside what the board keeps for itself";
    }

    /// <summary>Begins a run.</summary>
    internal void Start(long now)
    {
        if (LastState != null)
        {
            RestartCount++;
            PreviousLog = Log;
            Log = new LogRing(_logBytes);
        }

        Reports?.BeginRun();
        _started = now;
        _throttledUntil = 0;
        _killAt = long.MaxValue;
        _isRestarting = false;
        _run = new ProgramRun(_context, this, _program, _arguments, _environment, Log, _devices) { Functions = Probes?.Functions, Checkpoint = Checkpoint };
        Checkpoint = null;
    }

    /// <summary>Does a turn of the run.</summary>
    internal void RunTurn()
    {
        long begun = _context.Clock.Milliseconds;
        long now = begun;
        if (now >= _killAt)
        {
            Kill("Error");
        }

        Probes?.BeginTurn(_run, now);
        for (int steps = 0; !_run.IsEnded && _run.DueAt <= now && now - begun < TurnMilliseconds && steps < TurnSteps; steps++)
        {
            _run.Step();
            now = _context.Clock.Milliseconds;
        }

        Probes?.EndTurn(_run, now);
        long took = now - begun;
        CpuMilliseconds += took;
        MemoryBytes = _run.MemoryBytes;
        if (Spec.CpuThousandths > 0)
        {
            // A tenth of the time is nine times as long a rest.
            _throttledUntil = now + (took * 1000 / Spec.CpuThousandths) - took;
        }
    }

    /// <summary>Takes over what became of the run.</summary>
    /// <returns>Whether the state is another one.</returns>
    internal bool Observe(RestartPolicy policy, bool mayRestart, long now)
    {
        if (_run.IsEnded)
        {
            End(policy, mayRestart, now);
            return true;
        }

        if (_run.IsStarted && State.Phase != ContainerPhase.Running)
        {
            State = ContainerState.Running(UtcNow);
            Probes?.Begin(now);
            return true;
        }

        return false;
    }

    private void End(RestartPolicy policy, bool mayRestart, long now)
    {
        DateTime finished = UtcNow;
        DateTime started = State.Phase == ContainerPhase.Running ? State.Started : finished;
        ContainerState ended = ContainerState.Terminated(_run.ExitCode, _run.Reason, _run.Message, started, finished);
        bool restarts = mayRestart && (policy == RestartPolicy.Always || (policy == RestartPolicy.OnFailure && (_run.ExitCode != 0 || _isRestarting)));
        Probes?.End();
        _run = null;
        MemoryBytes = 0;
        if (!restarts)
        {
            State = ended;
            Finish();
            return;
        }

        int wait = _backoff.Next(now - _started);
        LastState = ended;
        _notBefore = now + wait;
        State = wait == 0 ? ended : ContainerState.Waiting(CrashLoop, "back-off " + NameOf(wait / 1000) + " restarting failed container=" + Spec.Name);
    }

    // A board that was just switched on has no time yet.
    private DateTime UtcNow => _context.Time.IsSet ? _context.UtcNow : _earliest;

    private void Finish()
    {
        IsOver = true;
        _program = null;
        _arguments = null;
        _environment = null;
        _devices?.Release();
        _devices = null;
    }

    // As Go writes durations: 10s, 1m20s, 5m0s.
    private static string NameOf(int seconds)
    {
        return seconds < 60 ? seconds.ToString() + "s" : (seconds / 60).ToString() + "m" + (seconds % 60).ToString() + "s";
    }
}
