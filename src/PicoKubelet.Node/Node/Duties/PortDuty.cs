using PicoKubelet.Events;

namespace PicoKubelet.Node.Duties;

/// <summary>Tells by an Event that nobody can ask this node, which whoever can not ask it would not learn otherwise.</summary>
internal sealed class PortDuty : FaultDuty
{
    private readonly NodeState _state;

    public PortDuty(NodeState state, EventRecorder events)
        : base(events, EventReason.KubeletPortFailed)
    {
        _state = state;
    }

    /// <inheritdoc/>
    protected override string Fault => _state.PortFailure;
}
