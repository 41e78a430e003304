using PicoKubelet.Probes;

namespace PicoKubelet.Pods;

// How it is probed, and how its run is ended.
public sealed partial class Container
{
    private long _killAt = long.MaxValue;
    private bool _isRestarting;

    /// <summary>Gets whether its program has come up, as far as its startup probe tells.</summary>
    public bool IsStarted => State.Phase == ContainerPhase.Running && (Probes == null || Probes.IsStarted);

    /// <summary>Gets whether it is ready, as far as its probes tell.</summary>
    public bool IsReady => State.Phase == ContainerPhase.Running && (Probes == null || Probes.IsReady);

    /// <summary>Gets its probes, or null where it has none.</summary>
    internal ContainerProbes Probes { get; }

    /// <summary>Gets when it has something to do next, in the clock's milliseconds.</summary>
    internal long DueAt
    {
        get
        {
            if (_run == null)
            {
                return IsOver || !IsPrepared ? long.MaxValue : _notBefore;
            }

            long due = Probes != null && Probes.DueAt < _run.DueAt ? Probes.DueAt : _run.DueAt;
            due = due > _throttledUntil || _run.IsEnded ? due : _throttledUntil;
            return _killAt < due ? _killAt : due;
        }
    }

    /// <summary>Ends the run, and begins another one where its pod's restart policy is not never.</summary>
    internal void Restart(long now, int graceSeconds)
    {
        _isRestarting = true;
        _killAt = now + (graceSeconds * 1000L);
        RequestStop();
    }

    internal void RequestStop()
    {
        Probes?.Stop();
        _run?.RequestStop();
    }

    internal void Kill(string reason)
    {
        _run?.Kill(reason);
    }
}
