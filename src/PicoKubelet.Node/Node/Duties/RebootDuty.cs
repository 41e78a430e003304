using PicoKubelet.Events;
using PicoKubelet.Runtime;

namespace PicoKubelet.Node.Duties;

/// <summary>Tells by an Event that the board wants to restart and waits, as long as it still can.</summary>
public sealed class RebootDuty : FaultDuty
{
    private readonly Rebooter _rebooter;

    /// <summary>Initializes the duty.</summary>
    /// <param name="rebooter">What restarts the board.</param>
    /// <param name="events">Records Events.</param>
    public RebootDuty(Rebooter rebooter, EventRecorder events)
        : base(events, EventReason.RebootDue)
    {
        _rebooter = rebooter;
    }

    /// <inheritdoc/>
    protected override string Fault => _rebooter.DueReason;

    /// <inheritdoc/>
    protected override string Describe(string fault)
    {
        return "a reboot is due, and waits: " + fault;
    }
}
