using PicoKubelet.Api;
using PicoKubelet.Hardware;
using PicoKubelet.Runtime;

namespace PicoKubelet.Node.Duties;

/// <summary>Looks at the device, reports the status where it changed or is due, and renews the Lease.</summary>
internal sealed class HeartbeatDuty : INodeDuty
{
    private readonly HeartbeatSender _sender;
    private readonly HeartbeatSchedule _schedule;
    private readonly HeartbeatOutcome _outcome;
    private readonly NodeHealth _health;
    private readonly IClock _clock;

    public HeartbeatDuty(HeartbeatSender sender, HeartbeatSchedule schedule, HeartbeatOutcome outcome, NodeHealth health, IClock clock)
    {
        _sender = sender;
        _schedule = schedule;
        _outcome = outcome;
        _health = health;
        _clock = clock;
    }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.Registered;

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        return _schedule.UntilDue();
    }

    /// <inheritdoc/>
    public bool Do()
    {
        long began = _clock.Milliseconds;
        bool hasChanged = _health.Look();
        if (hasChanged || _sender.IsAddressNews)
        {
            _schedule.ReportNext();
        }

        ApiResult result = _health.IsHealthy || _schedule.IsStatusDue ? Send() : null;
        if (result == null)
        {
            // A sick device has told the cluster already. From here on silence tells it more than heartbeats would.
            _outcome.NoteHeldBack();
            _schedule.Rest();
            return false;
        }

        _outcome.Take(result, false, began);
        return true;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }

    /// <returns>What became of it, or null where there was nothing to send.</returns>
    private ApiResult Send()
    {
        _sender.TryLeasesAgain();
        ApiResult result = null;
        if (_schedule.IsStatusDue || _sender.IsByStatus)
        {
            result = _sender.ReportStatus();
            if (!result.IsOk)
            {
                return result;
            }

            _schedule.RestStatus();
        }

        return _sender.SendLease() ?? result;
    }
}
