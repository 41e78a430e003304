using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Settings;

namespace PicoKubelet.Node;

/// <summary>Sends heartbeats: Leases, or the status in their place where there are none to be had.</summary>
internal sealed class HeartbeatSender
{
    // A kube-apiserver that has just started answers 403 until it knows the rights, so one refusal of a Lease that was there
    // proves nothing.
    private const int MaxLeaseRefusals = 3;

    private readonly LeaseController _lease;
    private readonly NodeStatusController _status;
    private readonly NodeRegistration _registration;
    private readonly NodeHealth _health;
    private readonly Link _link;
    private readonly NodeState _state;
    private readonly NodeConfiguration _configuration;
    private readonly EventRecorder _events;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly HeartbeatMode _mode;
    private int _leaseRefusals;
    private long _nextLeaseTrial;

    public HeartbeatSender(
        LeaseController lease, NodeStatusController status, NodeRegistration registration, NodeHealth health, Link link, NodeState state,
        NodeConfiguration configuration, EventRecorder events, IClock clock, Logger log)
    {
        _events = events;
        _lease = lease;
        _status = status;
        _registration = registration;
        _health = health;
        _link = link;
        _state = state;
        _configuration = configuration;
        _clock = clock;
        _log = log;
        _mode = state.HeartbeatMode;
    }

    /// <summary>Gets whether the API server has another address than the node's.</summary>
    public bool IsAddressNews => _link.Address != _status.ReportedAddress;

    /// <summary>Gets whether heartbeats are by status alone.</summary>
    public bool IsByStatus => _state.HeartbeatMode == HeartbeatMode.Status;

    /// <summary>Begins anew, after a registration.</summary>
    public void Begin()
    {
        _state.HeartbeatMode = _mode;
        _lease.Reestablish(_registration.IsNew);
    }

    /// <summary>Tries Leases again where they were given up, for the rights may have been given meanwhile.</summary>
    public void TryLeasesAgain()
    {
        if (_state.HeartbeatMode != _mode && _clock.Milliseconds >= _nextLeaseTrial)
        {
            _state.HeartbeatMode = _mode;
            _lease.Reestablish(false);
        }
    }

    /// <summary>Reports the status.</summary>
    /// <returns>What became of it.</returns>
    public ApiResult ReportStatus()
    {
        long started = _clock.Milliseconds;
        ApiResult result = _status.Report(_link.Address, _registration.Uid, false);
        _state.Statuses.Note(result.IsOk, _clock.Milliseconds - started);
        return result;
    }

    /// <summary>Renews the Lease. A sick device lets it run out, so that the cluster notices by itself.</summary>
    /// <returns>What became of it, or null where no Lease is to be renewed.</returns>
    public ApiResult SendLease()
    {
        if (IsByStatus || !_health.IsHealthy)
        {
            return null;
        }

        bool wasEstablished = _lease.IsEstablished;
        long started = _clock.Milliseconds;
        ApiResult result = _lease.Renew(_registration.Uid);
        _state.Leases.Note(result.IsOk, _clock.Milliseconds - started);
        if (result.Outcome != ApiOutcome.Forbidden && (result.Outcome != ApiOutcome.NotFound || wasEstablished))
        {
            _leaseRefusals = 0;
            return result;
        }

        _leaseRefusals++;
        if (!wasEstablished || _leaseRefusals == MaxLeaseRefusals)
        {
            GiveUpLeases(result);
        }

        // At once, in the Lease's place: the next heartbeat is a whole interval away.
        return ReportStatus();
    }

    private void GiveUpLeases(ApiResult result)
    {
        if (_leaseRefusals <= MaxLeaseRefusals)
        {
            _log.Warn("no Leases; heartbeats are by status alone from now on", "error", result.Describe());
            _events.Record(EventRecorder.Warning, EventReason.LeaseRefused, "no Leases; heartbeats are by status alone: " + result.Describe());
        }

        // Refusals past the bound are those of trials, which need no line each.
        _leaseRefusals = MaxLeaseRefusals;
        _state.HeartbeatMode = HeartbeatMode.Status;
        _nextLeaseTrial = _clock.Milliseconds + _configuration.StatusMilliseconds;
    }
}
