namespace PicoKubelet.Probes;

/// <summary>A probe of a run of a program: when it is due, and what follows from how its calls ended; as the kubelet's <c>prober/worker.go</c>.</summary>
public sealed class Probe
{
    private const long MillisecondsPerSecond = 1000;

    private int _succeeded;
    private int _failed;
    private bool _isLastWell;
    private int _inARow;
    private bool _isOnHold;
    private long _nextAt;

    /// <summary>Initializes the probe.</summary>
    /// <param name="kind">What it looks at.</param>
    /// <param name="spec">What the pod says of it.</param>
    public Probe(ProbeKind kind, ProbeSpec spec)
    {
        Kind = kind;
        Spec = spec;
    }

    /// <summary>Gets what it looks at.</summary>
    public ProbeKind Kind { get; }

    /// <summary>Gets what the pod says of it.</summary>
    public ProbeSpec Spec { get; }

    /// <summary>Gets whether the program is well, as far as this probe tells: before the first result it lives, but is neither up nor ready.</summary>
    public bool IsWell { get; private set; }

    /// <summary>Gets when its next call is due, in the clock's milliseconds.</summary>
    public long DueAt => _isOnHold ? long.MaxValue : _nextAt;

    /// <summary>Gets how many calls ended in one way, over all runs of the program.</summary>
    /// <param name="isWell">Whether with 0.</param>
    /// <returns>The number.</returns>
    public int CountOf(bool isWell) => isWell ? _succeeded : _failed;

    /// <summary>Begins with a new run of the program.</summary>
    /// <param name="now">The time, in the clock's milliseconds.</param>
    public void Begin(long now)
    {
        IsWell = Kind == ProbeKind.Liveness;
        _isOnHold = false;
        _inARow = 0;
        _nextAt = now + (Spec.InitialDelaySeconds * MillisecondsPerSecond);
    }

    /// <summary>Notes that a call begins.</summary>
    /// <param name="now">The time, in the clock's milliseconds.</param>
    /// <returns>Until when it has to end, in the clock's milliseconds.</returns>
    public long BeginCall(long now)
    {
        _nextAt = now + (Spec.PeriodSeconds * MillisecondsPerSecond);
        return now + (Spec.TimeoutSeconds * MillisecondsPerSecond);
    }

    /// <summary>Notes how a call ended.</summary>
    /// <param name="isWell">Whether with 0.</param>
    /// <returns>Whether that is the result by now: there were as many in a row as its threshold says.</returns>
    public bool EndCall(bool isWell)
    {
        if (isWell)
        {
            _succeeded++;
        }
        else
        {
            _failed++;
        }

        _inARow = _inARow > 0 && _isLastWell == isWell ? _inARow + 1 : 1;
        _isLastWell = isWell;
        if (_inARow < (isWell ? Spec.SuccessThreshold : Spec.FailureThreshold))
        {
            return false;
        }

        IsWell = isWell;

        // What is to be restarted is left alone until it was, and what has come up needs no more looks.
        _isOnHold = Kind == ProbeKind.Startup || (Kind == ProbeKind.Liveness && !isWell);
        return true;
    }
}
