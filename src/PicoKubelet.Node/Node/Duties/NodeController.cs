using System;
using PicoKubelet.Api;
using PicoKubelet.Api.Watch;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Network;
using PicoKubelet.Outputs;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Node.Duties;

/// <summary>
/// The node's loop: asks its duties what is due, in the order of their weight, and lets one send something in a step. Those that make
/// it a node are its own: link, time, registration, heartbeats, looks. Others are added.
/// </summary>
public sealed class NodeController : ILoopBody
{
    // The longest pause: what duties observe is looked at so often.
    private const int PollMilliseconds = 1000;

    private const int MaxDuties = 16;

    private readonly TimeKeeper _time;
    private readonly Link _link;
    private readonly NodeHealth _health;
    private readonly HeartbeatSchedule _schedule;
    private readonly HeartbeatOutcome _outcome;
    private readonly LinkDuty _linkDuty;
    private readonly LookDuty _lookDuty;
    private readonly INodeDuty[] _duties = new INodeDuty[MaxDuties];
    private readonly int _ownDuties;
    private int _count;
    private int _turn;

    /// <summary>Initializes the controller.</summary>
    /// <param name="platform">What the firmware runs on.</param>
    /// <param name="settings">The device's settings.</param>
    /// <param name="node">The Node's description.</param>
    /// <param name="client">The client of the API server; this controller's and its duties' alone.</param>
    /// <param name="clockSync">Sets the time.</param>
    /// <param name="time">The time of day.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    /// <param name="configuration">The configuration in force.</param>
    /// <param name="events">Records Events.</param>
    public NodeController(
        Platform platform, DeviceSettings settings, NodeDescription node, ApiClient client, ClockSync clockSync, TimeKeeper time, Logger log,
        Random random, ConfigurationController configuration, EventRecorder events)
    {
        _time = time;
        _link = new Link(platform.Network, platform.Board, platform.Clock, log, random, settings.Wifi);
        State = new NodeState { NodeName = node.Name, HeartbeatMode = settings.HeartbeatMode };
        _health = new NodeHealth(platform, _link, time, State, configuration.State, log);
        _schedule = new HeartbeatSchedule(platform.Clock, random, configuration.Configuration);
        _outcome = new HeartbeatOutcome(State, _schedule, new RetryPolicy(client, platform.Clock, random), configuration.Configuration, platform.Clock, log, _link, events);
        ObjectVersion version = new ObjectVersion();
        NodeStatusController status = new NodeStatusController(client, node, _health.Conditions, version, time);
        NodeRegistration registration = new NodeRegistration(client, node, _health.Conditions, status, version, configuration, events, time, log);
        LeaseController lease = new LeaseController(client, node.Name, time);
        HeartbeatSender sender = new HeartbeatSender(lease, status, registration, _health, _link, State, configuration.Configuration, events, platform.Clock, log);
        _linkDuty = new LinkDuty(_link, client, _health, State, _schedule, platform.Clock, random);
        _lookDuty = new LookDuty(registration, new NodeMending(client, node, registration, status, version, time, log), _outcome, _health, State, events, _link, platform.Clock, log, random);
        Add(_linkDuty);
        Add(new TimeDuty(clockSync, time, client, events, platform.Clock));
        Add(new RegistrationDuty(registration, sender, _schedule, _outcome, _lookDuty, _health, State, _link, platform.Clock));
        Add(new HeartbeatDuty(sender, _schedule, _outcome, _health, platform.Clock));
        Add(_lookDuty);
        _ownDuties = _count;
        Add(new PortDuty(State, events));
    }

    /// <summary>Gets what the node knows of itself.</summary>
    public NodeState State { get; }

    /// <summary>
    /// Gets or sets the longest wait, drawn at random, before the first request, in milliseconds. It begins once there is a network:
    /// boards whose power comes back together join theirs together too.
    /// </summary>
    public int StartSpread
    {
        get => _linkDuty.StartSpread;
        set => _linkDuty.StartSpread = value;
    }

    /// <summary>Gets the Node's conditions as of the last look. Written by this controller, read by any thread.</summary>
    public NodeConditions Conditions => _health.Conditions;

    /// <summary>Gets the Wi-Fi.</summary>
    public Link Link => _link;

    /// <summary>Gets or sets what shows the device's status.</summary>
    public StatusLed StatusLed { get; set; } = new StatusLed();

    /// <summary>Gets whether the device could go on when it last looked at itself; before the first heartbeat, whether it can.</summary>
    public bool IsHealthy => _schedule.HasBegun ? _health.IsHealthy : _health.HasEnoughHeap;

    /// <summary>Gets whether another board has the same name: since the registration somebody else wrote another boot into the Node.</summary>
    public bool IsNameTaken => _lookDuty.IsNameTaken;

    /// <summary>Gets whether the API server refused the last heartbeat for who sent it: 401 or 403.</summary>
    public bool IsRefused => _outcome.IsRefused;

    /// <summary>Makes the loop of a watch of the Node in place of the looks, for a board with room for it.</summary>
    /// <param name="client">A client of the API server for the watch alone.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    /// <returns>The loop, which does not run yet. It watches once the node is registered.</returns>
    public Loop MakeWatch(ApiClient client, IClock clock, Logger log, Random random)
    {
        NodeWatch watch = new NodeWatch(State.NodeName) { IsWanted = State.IsRegistered };
        watch.Watcher = new ResourceWatcher(client, watch, clock, log, random, ReplyForm.Metadata);
        _lookDuty.Watch = watch;
        return new Loop("node watch", watch.Watcher, clock, log, random);
    }

    /// <summary>Adds a duty, behind the node's own. Those that are added take turns.</summary>
    /// <param name="duty">The duty.</param>
    public void Add(INodeDuty duty)
    {
        _duties[_count++] = duty;
    }

    /// <inheritdoc/>
    public int Step()
    {
        Observe();
        DoWhatIsDue();
        StatusLed.Status = Status;
        return UntilDue();
    }

    private NodeStage Stage
    {
        get
        {
            return !_linkDuty.IsUp ? NodeStage.Off
                : !_time.IsSet ? NodeStage.Linked
                : !State.IsRegistered ? NodeStage.Timed

                // While the API server does not answer, heartbeats alone find out when it does again.
                : State.LastError != null ? NodeStage.Registered : NodeStage.InOrder;
        }
    }

    private DeviceStatus Status
    {
        get
        {
            if (_link.Address == null)
            {
                return (DeviceStatus)(int)_link.Failure;
            }

            if (!_time.IsSet)
            {
                return DeviceStatus.NoTime;
            }

            if (State.LastError != null)
            {
                return IsRefused ? DeviceStatus.Refused : DeviceStatus.NoApiServer;
            }

            return !State.IsRegistered ? DeviceStatus.Joining : IsNameTaken ? DeviceStatus.NameTaken : DeviceStatus.Ready;
        }
    }

    private void Observe()
    {
        NodeStage stage = Stage;
        for (int i = 0; i < _count; i++)
        {
            _duties[i].Observe(stage);
            if (stage == NodeStage.InOrder && _duties[i].TakeNews())
            {
                // Told at once, and from now on the heartbeats come at what may be another pace.
                _schedule.ReportNext();
                _schedule.BeatNow();
            }
        }
    }

    private void DoWhatIsDue()
    {
        for (int i = 0; i < _count; i++)
        {
            int index = InTurn(i);
            INodeDuty duty = _duties[index];
            if (Stage >= duty.Needs && duty.UntilDue() == 0 && duty.Do())
            {
                _turn = index < _ownDuties ? _turn : index + 1 - _ownDuties;
                return;
            }
        }
    }

    /// <summary>Gets the place of the duty to ask: the node's own come first, the others begin behind the one that sent something last.</summary>
    private int InTurn(int i)
    {
        return i < _ownDuties ? i : _ownDuties + ((i - _ownDuties + _turn) % (_count - _ownDuties));
    }

    private int UntilDue()
    {
        NodeStage stage = Stage;
        int wait = PollMilliseconds;
        for (int i = 0; i < _count; i++)
        {
            int until = stage >= _duties[i].Needs ? _duties[i].UntilDue() : wait;
            wait = until < wait ? until : wait;
        }

        return wait;
    }
}
