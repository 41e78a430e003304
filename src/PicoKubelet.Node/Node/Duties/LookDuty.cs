using System;
using PicoKubelet.Api;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Runtime;
using PicoKubelet.Time;

namespace PicoKubelet.Node.Duties;

/// <summary>
/// Looks whether somebody else changed the Node, and mends what of it is ours: from time to time, or, while a watch follows the Node, when that
/// saw a version that no reply told. Whether the API server answers, heartbeats tell.
/// </summary>
internal sealed class LookDuty : INodeDuty
{
    // With the pause of the loop the Node is right again within 15 s. While another board has the same name, less often: each look
    // makes the Node this board's again.
    private const int LookMilliseconds = 13 * 1000;
    private const int LookWhileTaken = 60 * 1000;
    private const int TakenMilliseconds = 3 * LookWhileTaken;

    // An API server that needs longer than this for a look has enough to do: the next one waits ten times as long as this one took.
    private const int SlowMilliseconds = 1000;
    private const int Slowdown = 10;

    // A change of the board's own may be seen by the watch before its reply was read, or after that of the next one.
    private const int SettleMilliseconds = 500;

    private readonly NodeRegistration _registration;
    private readonly NodeMending _mending;
    private readonly HeartbeatOutcome _outcome;
    private readonly NodeHealth _health;
    private readonly NodeState _state;
    private readonly EventRecorder _events;
    private readonly Link _link;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly Random _random;
    private long _next;
    private long _takenUntil;
    private string _seen;
    private string _settled;
    private long _seenAt;

    public LookDuty(
        NodeRegistration registration, NodeMending mending, HeartbeatOutcome outcome, NodeHealth health, NodeState state, EventRecorder events,
        Link link, IClock clock, Logger log, Random random)
    {
        _registration = registration;
        _mending = mending;
        _outcome = outcome;
        _health = health;
        _state = state;
        _events = events;
        _link = link;
        _clock = clock;
        _log = log;
        _random = random;
    }

    /// <summary>Gets whether another board has the same name: since the registration somebody else wrote another boot into the Node.</summary>
    public bool IsNameTaken => _clock.Milliseconds < _takenUntil;

    /// <summary>Gets or sets the watch that follows the Node, or null where none does.</summary>
    public NodeWatch Watch { get; set; }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.InOrder;

    /// <summary>Begins the looks at a Node that was just registered: boards that started together are to part at once.</summary>
    public void Begin()
    {
        _mending.Begin();
        _next = _clock.Milliseconds + _random.Next(LookMilliseconds);
        if (Watch != null)
        {
            Watch.IsWanted = true;
        }
    }

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
        if (Watch == null || !Watch.Watcher.IsFollowing)
        {
            return;
        }

        string seen = Watch.Seen;
        if (seen != _seen)
        {
            _seen = seen;
            _seenAt = _clock.Milliseconds;
        }

        if (seen == _mending.KnownVersion)
        {
            _settled = seen;
        }
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        if (!_health.IsHealthy)
        {
            return int.MaxValue;
        }

        long due = _next;
        if (Watch != null && Watch.Watcher.IsFollowing && !_mending.IsDue)
        {
            if (_seen == _settled)
            {
                return int.MaxValue;
            }

            due = due > _seenAt + SettleMilliseconds ? due : _seenAt + SettleMilliseconds;
        }

        return Due.Until(_clock, due);
    }

    /// <inheritdoc/>
    public bool Do()
    {
        bool wasTaken = IsNameTaken;
        string seen = _seen;
        long began = _clock.Milliseconds;
        _next = began + Jitter.Lengthen(wasTaken ? LookWhileTaken : LookMilliseconds, _random);
        ApiResult result = _mending.Look();
        int took = (int)(_clock.Milliseconds - began);
        _next += took > SlowMilliseconds ? took * Slowdown : 0;
        if (result.IsOk && _mending.HasChanged)
        {
            result = _mending.Mend(_link.Address);
            if (result.IsOk)
            {
                NoteName(wasTaken);
            }

            _registration.End();
        }

        _settled = result.IsOk ? seen : _settled;
        if (result.Outcome == ApiOutcome.NotFound)
        {
            _outcome.Fail(result, 0);
        }

        return true;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }

    private void NoteName(bool wasTaken)
    {
        if (!_registration.IsForeign)
        {
            return;
        }

        _takenUntil = _clock.Milliseconds + TakenMilliseconds;
        _next = _clock.Milliseconds + Jitter.Lengthen(LookWhileTaken, _random);
        if (!wasTaken)
        {
            string other = "another board has the name " + _state.NodeName + ": machine ID " + _registration.Found.MachineId + ", boot ID " + _registration.Found.BootId;
            _log.Error(other);
            _events.Record(EventRecorder.Warning, EventReason.NodeNameTaken, other);
        }
    }
}
