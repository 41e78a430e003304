using PicoKubelet.Api;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Runtime;
using PicoKubelet.Time;

namespace PicoKubelet.Node.Duties;

/// <summary>Sets the time where there is none, and compares it with what the replies of the API server name.</summary>
internal sealed class TimeDuty : INodeDuty
{
    private readonly ClockSync _clockSync;
    private readonly TimeKeeper _time;
    private readonly ApiClient _client;
    private readonly IClock _clock;
    private readonly EventRecorder _events;
    private string _told;
    private long _next;

    public TimeDuty(ClockSync clockSync, TimeKeeper time, ApiClient client, EventRecorder events, IClock clock)
    {
        _events = events;
        _clockSync = clockSync;
        _time = time;
        _client = client;
        _clock = clock;
    }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.Linked;

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
        if (stage >= NodeStage.Timed)
        {
            _clockSync.TakeDate(_client);
            Tell(_clockSync.SourceFault);
        }
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        return Due.Until(_clock, _time.IsSet ? Due.Never : _next);
    }

    /// <inheritdoc/>
    public bool Do()
    {
        _next = _clock.Milliseconds + _clockSync.Run(_client);

        // Whoever waited for the time need not wait for another step.
        return false;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }

    private void Tell(string fault)
    {
        if (fault != null && fault != _told)
        {
            _told = fault;
            _events.Record(EventRecorder.Warning, EventReason.TimeSourceWrong, fault);
        }
    }
}
