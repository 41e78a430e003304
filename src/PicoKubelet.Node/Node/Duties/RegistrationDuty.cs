using PicoKubelet.Api;
using PicoKubelet.Hardware;
using PicoKubelet.Network;
using PicoKubelet.Runtime;

namespace PicoKubelet.Node.Duties;

/// <summary>Makes the Node exist and be right, and sends the first heartbeat with it.</summary>
internal sealed class RegistrationDuty : INodeDuty
{
    private readonly NodeRegistration _registration;
    private readonly HeartbeatSender _sender;
    private readonly HeartbeatSchedule _schedule;
    private readonly HeartbeatOutcome _outcome;
    private readonly LookDuty _look;
    private readonly NodeHealth _health;
    private readonly NodeState _state;
    private readonly Link _link;
    private readonly IClock _clock;

    public RegistrationDuty(
        NodeRegistration registration, HeartbeatSender sender, HeartbeatSchedule schedule, HeartbeatOutcome outcome, LookDuty look,
        NodeHealth health, NodeState state, Link link, IClock clock)
    {
        _registration = registration;
        _sender = sender;
        _schedule = schedule;
        _outcome = outcome;
        _look = look;
        _health = health;
        _state = state;
        _link = link;
        _clock = clock;
    }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.Timed;

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        return _state.IsRegistered ? int.MaxValue : _schedule.UntilDue();
    }

    /// <inheritdoc/>
    public bool Do()
    {
        long began = _clock.Milliseconds;
        _health.Look();
        _outcome.Take(Register(), true, began);
        return true;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }

    private ApiResult Register()
    {
        ApiResult result = _registration.Run(_link.Address);
        if (!result.IsOk)
        {
            return result;
        }

        _state.Uid = _registration.Uid;
        _outcome.NoteRegistered();
        _schedule.DrawStatus();
        _look.Begin();
        _sender.Begin();
        return _sender.SendLease() ?? result;
    }
}
