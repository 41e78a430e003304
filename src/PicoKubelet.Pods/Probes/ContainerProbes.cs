using PicoKubelet.Programs;
using PicoKubelet.Text;

namespace PicoKubelet.Probes;

/// <summary>
/// The probes of one container, which call functions of its program one at a time. Belongs to the thread that runs the program.
/// </summary>
public sealed class ContainerProbes
{
    private readonly Probe _startup;
    private readonly Probe _liveness;
    private readonly Probe _readiness;
    private Probe _active;
    private long _endAt;
    private bool _isRunning;
    private bool _isStopping;
    private bool _hasChanged;
    private string _failure;
    private Probe _lost;

    private ContainerProbes(ProbeSpec startup, ProbeSpec liveness, ProbeSpec readiness)
    {
        _startup = startup == null ? null : new Probe(ProbeKind.Startup, startup);
        _liveness = liveness == null ? null : new Probe(ProbeKind.Liveness, liveness);
        _readiness = readiness == null ? null : new Probe(ProbeKind.Readiness, readiness);
        Functions = FunctionsOf(startup, liveness, readiness);
    }

    /// <summary>Makes the probes of a container.</summary>
    /// <param name="startup">The startup probe, or null.</param>
    /// <param name="liveness">The liveness probe, or null.</param>
    /// <param name="readiness">The readiness probe, or null.</param>
    /// <returns>The probes, or null where it has none.</returns>
    public static ContainerProbes Make(ProbeSpec startup, ProbeSpec liveness, ProbeSpec readiness)
    {
        return startup == null && liveness == null && readiness == null ? null : new ContainerProbes(startup, liveness, readiness);
    }

    /// <summary>Gets the functions that they call.</summary>
    public string[] Functions { get; }

    /// <summary>Gets the probe of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The probe, or null where the container has none.</returns>
    public Probe Of(ProbeKind kind) => kind == ProbeKind.Startup ? _startup : kind == ProbeKind.Liveness ? _liveness : _readiness;

    /// <summary>Gets whether the program has come up.</summary>
    public bool IsStarted => _isRunning && (_startup == null || _startup.IsWell);

    /// <summary>Gets whether the program may be counted on.</summary>
    public bool IsReady => IsStarted && (_readiness == null || _readiness.IsWell);

    /// <summary>Gets when there is something to do, in the clock's milliseconds.</summary>
    public long DueAt
    {
        get
        {
            Probe next = _active == null ? FindNext() : null;
            return next != null ? next.DueAt : _active != null ? _endAt : long.MaxValue;
        }
    }

    /// <summary>Begins with a run of the program that has started.</summary>
    /// <param name="now">The time, in the clock's milliseconds.</param>
    public void Begin(long now)
    {
        _startup?.Begin(now);
        _liveness?.Begin(now);
        _readiness?.Begin(now);
        _isRunning = true;
        _isStopping = false;
    }

    /// <summary>Leaves a program alone that is to end: no function is called any more.</summary>
    public void Stop()
    {
        _isStopping = true;
        _active = null;
    }

    /// <summary>Ends with a run that is over.</summary>
    public void End()
    {
        Stop();
        _isRunning = false;
    }

    /// <summary>Has a function called where one is due.</summary>
    /// <param name="run">The run of the program.</param>
    /// <param name="now">The time, in the clock's milliseconds.</param>
    public void BeginTurn(ProgramRun run, long now)
    {
        Probe next = _active == null ? FindNext() : null;
        if (next != null && next.DueAt <= now)
        {
            _active = next;
            _endAt = next.BeginCall(now);
            run.Call(next.Spec.Function);
        }
    }

    /// <summary>Takes over what became of the function, or takes it away where it took too long.</summary>
    /// <param name="run">The run of the program.</param>
    /// <param name="now">The time, in the clock's milliseconds.</param>
    public void EndTurn(ProgramRun run, long now)
    {
        if (_active == null || run.IsEnded || (run.IsCalling && now < _endAt))
        {
            return;
        }

        string failure = run.CallFailure;
        if (run.IsCalling)
        {
            run.CancelCall();

            // The kubelet's words.
            failure = "command timed out: \"" + _active.Spec.Function + "\" timed out after " + _active.Spec.TimeoutSeconds.ToString() + "s";
        }

        Probe probe = _active;
        _active = null;
        bool wasReady = IsReady;
        bool wasStarted = IsStarted;
        bool isResult = probe.EndCall(failure == null);
        _hasChanged |= IsReady != wasReady || IsStarted != wasStarted;
        if (failure != null)
        {
            _failure = NameOf(probe.Kind, true) + " probe failed: " + failure;
            _lost = isResult && probe.Kind != ProbeKind.Readiness ? probe : _lost;
        }
    }

    /// <summary>Takes the failure that is not told yet.</summary>
    /// <returns>It, in the kubelet's words, or null.</returns>
    public string TakeFailure()
    {
        string failure = _failure;
        _failure = null;
        return failure;
    }

    /// <summary>Takes whether <see cref="IsReady"/> or <see cref="IsStarted"/> is another one.</summary>
    /// <returns>Whether it is.</returns>
    public bool TakeChange()
    {
        bool hasChanged = _hasChanged;
        _hasChanged = false;
        return hasChanged;
    }

    /// <summary>Takes the probe whose result means that the program is to be restarted.</summary>
    /// <returns>The probe, or null.</returns>
    public Probe TakeLost()
    {
        Probe lost = _lost;
        _lost = null;
        return lost;
    }

    /// <summary>Gets a kind's name in a text.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="isFirst">Whether it is the first word.</param>
    /// <returns>The name.</returns>
    public static string NameOf(ProbeKind kind, bool isFirst)
    {
        return kind switch
        {
            ProbeKind.Startup => isFirst ? "Startup" : "startup",
            ProbeKind.Liveness => isFirst ? "Liveness" : "liveness",
            _ => isFirst ? "Readiness" : "readiness",
        };
    }

    private static string[] FunctionsOf(ProbeSpec startup, ProbeSpec liveness, ProbeSpec readiness)
    {
        string[] functions = Strings.NewArray((startup == null ? 0 : 1) + (liveness == null ? 0 : 1) + (readiness == null ? 0 : 1));
        int count = 0;
        if (startup != null)
        {
            functions[count++] = startup.Function;
        }

        if (liveness != null)
        {
            functions[count++] = liveness.Function;
        }

        if (readiness != null)
        {
            functions[count] = readiness.Function;
        }

        return functions;
    }

    /// <summary>Finds the probe that is due first. Until the program has come up, that is the startup probe.</summary>
    private Probe FindNext()
    {
        if (!_isRunning || _isStopping)
        {
            return null;
        }

        if (!IsStarted)
        {
            return _startup;
        }

        bool isReadiness = _liveness == null || (_readiness != null && _readiness.DueAt < _liveness.DueAt);
        return isReadiness ? _readiness : _liveness;
    }
}
