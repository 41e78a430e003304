using PicoKubelet.Events;
using PicoKubelet.Runtime;

namespace PicoKubelet.Node.Duties;

/// <summary>A duty that sends nothing itself: it tells a fault by an Event, each one once, as soon as the Node is registered.</summary>
public abstract class FaultDuty : INodeDuty
{
    private readonly EventRecorder _events;
    private readonly string _reason;
    private string _told;

    /// <summary>Initializes the duty.</summary>
    /// <param name="events">Tells the cluster.</param>
    /// <param name="reason">The Event's reason, of <see cref="EventReason"/>.</param>
    protected FaultDuty(EventRecorder events, string reason)
    {
        _events = events;
        _reason = reason;
    }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.Registered;

    /// <summary>Gets the fault, or null while there is none.</summary>
    protected abstract string Fault { get; }

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
        string fault = Fault;
        if (stage < Needs || fault == _told)
        {
            return;
        }

        _told = fault;
        if (fault != null)
        {
            _events.Record(EventRecorder.Warning, _reason, Describe(fault));
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

    /// <summary>Describes a fault for people.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>The Event's message.</returns>
    protected virtual string Describe(string fault)
    {
        return fault;
    }
}
