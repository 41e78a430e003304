using PicoKubelet.Events;
using PicoKubelet.Runtime;

namespace PicoKubelet.Node.Duties;

/// <summary>Tells by an Event that nobody can ask this node, which whoever can not ask it would not learn otherwise.</summary>
internal sealed class PortDuty : INodeDuty
{
    private readonly NodeState _state;
    private readonly EventRecorder _events;
    private string _told;

    public PortDuty(NodeState state, EventRecorder events)
    {
        _state = state;
        _events = events;
    }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.Registered;

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
        string failure = _state.PortFailure;
        if (stage < Needs || failure == _told)
        {
            return;
        }

        _told = failure;
        if (failure != null)
        {
            _events.Record(EventRecorder.Warning, EventReason.KubeletPortFailed, failure);
        }
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        return int.MaxValue;
    }

    /// <inheritdoc/>
    public bool Do()
    {
        return false;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }
}
