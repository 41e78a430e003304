using System;
using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Node;

/// <summary>
/// The node's main duty, step by step: network, time, registration, then heartbeats for ever. One request at a time,
/// and after a failure a wait that grows, with jitter.
/// </summary>
public sealed class NodeController : ILoopBody
{
    // How often the address is looked at; the device raises no event when DHCP changes it.
    private const int PollMilliseconds = 1000;

    // Registration's retries, as the kubelet's: 100 ms doubling to 7 s.
    private const int FirstRetry = 100;
    private const int LongestRetry = 7000;

    // At the start nobody counts on the node yet, and all others may be starting too. Where the API server is slow or fails, the
    // waits grow further, and past the time that it took to fail, so that what it has to do at once becomes less: two thousand
    // boards that start together are two thousand requests under way.
    private const int LongestStartRetry = 20 * 1000;
    private const int StartSlowdown = 3;
    private const int LongestStartSpread = 30 * 1000;

    // And a request gets more time: what is given up has to be done again. Seven in a step stay within the supervisor's bound.
    private const int LongestStartTimeout = 24 * 1000;

    // How often the Node is looked at for what somebody else changed; with the pause of the loop it is right again within 15 s.
    // While another board has the same name, less often: each look makes the Node this board's again.
    private const int LookMilliseconds = 13 * 1000;
    private const int LookWhileTaken = 60 * 1000;
    private const int TakenMilliseconds = 3 * LookWhileTaken;

    // What only a person can mend (a token, rights, an invalid value) is tried again slowly, but never given up.
    private const int FirstSlowRetry = 2000;
    private const int LongestSlowRetry = 60 * 1000;

    // The node controller sets the conditions to Unknown after 40 s without a heartbeat (50 s from Kubernetes 1.32 on);
    // past this, or past three heartbeats that were missed where they come faster, what it has is read again.
    private const int LongSilence = 30 * 1000;
    private const int MissedHeartbeats = 3;

    // A kube-apiserver that has just started answers 403 until it knows the rights, so one refusal of a Lease that was there
    // proves nothing.
    private const int MaxLeaseRefusals = 3;

    private readonly IBoard _board;
    private readonly IStorage _storage;
    private readonly IClock _clock;
    private readonly ApiClient _client;
    private readonly Link _link;
    private readonly ClockSync _clockSync;
    private readonly TimeKeeper _time;
    private readonly Logger _log;
    private readonly Random _random;
    private readonly NodeConditions _conditions = new NodeConditions();
    private readonly NodeFacts _facts = new NodeFacts();
    private readonly NodeStatusController _status;
    private readonly NodeRegistration _registration;
    private readonly LeaseController _lease;
    private readonly Backoff _retry;
    private readonly Backoff _slowRetry;
    private readonly Backoff _startRetry;
    private readonly int _requestTimeout;
    private readonly HeartbeatMode _mode;
    private readonly NodeConfiguration _configuration;
    private readonly ConfigurationController _configurationController;
    private string _lastAddress;
    private bool _isRefused;
    private int _leaseRefusals;
    private long _nextLeaseTrial;
    private long _nextHeartbeat;
    private long _nextStatus;
    private long _nextLook;
    private long _takenUntil;

    /// <summary>Initializes the controller.</summary>
    /// <param name="platform">What the firmware runs on.</param>
    /// <param name="settings">The device's settings.</param>
    /// <param name="node">The Node's description.</param>
    /// <param name="client">The client of the API server; this controller's alone.</param>
    /// <param name="clockSync">Sets the time.</param>
    /// <param name="time">The time of day.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    /// <param name="configuration">Follows the ConfigMap, on this controller's client and between its heartbeats; null for a node that follows none.</param>
    public NodeController(Platform platform, DeviceSettings settings, NodeDescription node, ApiClient client, ClockSync clockSync, TimeKeeper time, Logger log, Random random, ConfigurationController configuration = null)
    {
        _board = platform.Board;
        _storage = platform.Storage;
        _clock = platform.Clock;
        _client = client;
        _clockSync = clockSync;
        _time = time;
        _log = log;
        _random = random;
        _link = new Link(platform, log, random);
        _lease = new LeaseController(client, node.Name, time);
        _retry = new Backoff(FirstRetry, LongestRetry, random);
        _slowRetry = new Backoff(FirstSlowRetry, LongestSlowRetry, random);
        _startRetry = new Backoff(FirstRetry, LongestStartRetry, random);
        _requestTimeout = client.TimeoutMilliseconds;
        _mode = settings.HeartbeatMode;
        _configurationController = configuration;
        _configuration = configuration == null ? new NodeConfiguration(ConfigurationKeys.MakeDefaults(settings)) : configuration.Configuration;
        if (configuration != null)
        {
            _facts.Configuration = configuration.State;
        }

        ObjectVersion version = new ObjectVersion();
        _status = new NodeStatusController(client, node, _conditions, version, time);
        _registration = new NodeRegistration(client, node, _conditions, _status, version, _configuration.Values, time, log);
        State = new NodeState { NodeName = node.Name, HeartbeatMode = _mode };
    }

    /// <summary>Gets what the node knows of itself.</summary>
    public NodeState State { get; }

    /// <summary>
    /// Gets or sets the longest wait, drawn at random, before the first request, in milliseconds. It begins once there is a network:
    /// boards whose power comes back together join theirs together too.
    /// </summary>
    public int StartSpread { get; set; }

    /// <summary>Gets the Node's conditions as of the last look. Written by this controller, read by any thread.</summary>
    public NodeConditions Conditions => _conditions;

    /// <summary>Gets the Wi-Fi.</summary>
    public Link Link => _link;

    /// <summary>Gets or sets what shows the device's status, or null.</summary>
    public StatusLed StatusLed { get; set; }

    /// <summary>Gets whether the device could go on when it last looked at itself; before the first heartbeat, whether it can.</summary>
    public bool IsHealthy => _nextHeartbeat == 0 ? NodeFacts.HasEnoughHeap(_board) : _facts.IsHealthy;

    /// <summary>Gets whether another board has the same name: since the registration somebody else wrote another boot into the Node.</summary>
    public bool IsNameTaken => _clock.Milliseconds < _takenUntil;

    /// <summary>Gets whether the API server refused the last heartbeat for who sent it: 401 or 403.</summary>
    public bool IsRefused => _isRefused && State.LastError != null;

    /// <inheritdoc/>
    public int Step()
    {
        int wait = DoWhatIsDue();
        if (StatusLed != null)
        {
            StatusLed.Status = Status;
        }

        return wait;
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
                return _isRefused ? DeviceStatus.Refused : DeviceStatus.NoApiServer;
            }

            return !State.IsRegistered ? DeviceStatus.Joining : IsNameTaken ? DeviceStatus.NameTaken : DeviceStatus.Ready;
        }
    }

    private int DoWhatIsDue()
    {
        _configurationController?.Receive();
        int wait = _link.EnsureUp();
        State.Address = _link.Address;
        if (wait > 0)
        {
            _client.Close();
            Look();
            return wait;
        }

        if (StartSpread > 0)
        {
            wait = _random.Next(StartSpread) + 1;
            StartSpread = 0;
            return wait;
        }

        if (!_time.IsSet)
        {
            wait = _clockSync.Run(_client);
            if (wait > 0)
            {
                return wait;
            }
        }

        long now = _clock.Milliseconds;
        if (_link.Address != _lastAddress)
        {
            // Reported at once, and only once at once: where that fails, it waits as after any failure.
            _lastAddress = _link.Address;
            _nextHeartbeat = State.IsRegistered ? now : _nextHeartbeat;
        }

        if (CanConfigure && _configurationController.TakeNews())
        {
            // Told at once, and from now on the heartbeats come at what may be another pace.
            _nextStatus = now;
            _nextHeartbeat = now;
        }

        if (now >= _nextHeartbeat)
        {
            wait = Beat(now);
        }
        else if (now >= _nextLook && IsInOrder && _facts.IsHealthy)
        {
            wait = LookAtNode();
        }
        else
        {
            if (CanConfigure)
            {
                _configurationController.Step();
            }

            long untilHeartbeat = _nextHeartbeat - _clock.Milliseconds;
            wait = untilHeartbeat < 0 ? 0 : untilHeartbeat < PollMilliseconds ? (int)untilHeartbeat : PollMilliseconds;
        }

        _clockSync.TakeDate(_client);
        int untilConfiguration = CanConfigure ? _configurationController.UntilDue() : PollMilliseconds;
        return untilConfiguration < wait ? untilConfiguration : wait;
    }

    // While the API server does not answer, heartbeats alone find out when it does again.
    private bool IsInOrder => State.IsRegistered && State.LastError == null;

    private bool CanConfigure => _configurationController != null && IsInOrder;

    /// <summary>Looks at the device and derives the conditions.</summary>
    /// <returns>Whether one of them is another than before.</returns>
    private bool Look()
    {
        _facts.HasAddress = _link.Address != null;
        _facts.Refresh(_board, _storage);
        State.FreeHeap = _facts.FreeHeap;

        // Without a time there is no time of transition either.
        bool hasChanged = _time.IsSet && _conditions.Evaluate(_facts, _time.UtcNow);
        State.IsReady = _conditions.IsReady;
        return hasChanged;
    }

    private int Beat(long now)
    {
        bool hasChanged = Look();
        if (hasChanged || _link.Address != _status.ReportedAddress)
        {
            _nextStatus = now;
        }

        if (!_facts.IsHealthy && State.IsRegistered && now < _nextStatus)
        {
            // The cluster knows already. From here on silence tells it more than heartbeats would.
            return Rest();
        }

        bool registers = !State.IsRegistered;
        ApiResult result = registers ? Register() : SendHeartbeat(now);
        if (result == null)
        {
            return Rest();
        }

        return result.IsOk ? OnSuccess(registers) : OnFailure(result, _clock.Milliseconds - now);
    }

    /// <summary>Looks whether somebody else changed the Node, and mends what of it is ours. Whether the API server answers, heartbeats tell.</summary>
    private int LookAtNode()
    {
        bool wasTaken = IsNameTaken;
        _nextLook = _clock.Milliseconds + Jitter.Lengthen(wasTaken ? LookWhileTaken : LookMilliseconds, _random);
        ApiResult result = _registration.Look();
        if (result.IsOk && _registration.HasChanged)
        {
            result = _registration.Mend(_link.Address);
            if (result.IsOk)
            {
                Adopt();
                NoteName(wasTaken);
            }
        }

        return result.Outcome == ApiOutcome.NotFound ? OnFailure(result, 0) : 0;
    }

    private void Adopt()
    {
        NodeReply found = _registration.Found;
        _configurationController?.Adopt(found.OwnedLabels, found.OwnedAnnotations, found.ConfigurationVersion, found.HasConfigured);
    }

    private void NoteName(bool wasTaken)
    {
        if (!_registration.IsForeign)
        {
            return;
        }

        _takenUntil = _clock.Milliseconds + TakenMilliseconds;
        _nextLook = _clock.Milliseconds + Jitter.Lengthen(LookWhileTaken, _random);
        if (!wasTaken)
        {
            string other = "another board has the name " + State.NodeName + ": machine ID " + _registration.Found.MachineId + ", boot ID " + _registration.Found.BootId;
            _log.Error(other);
            _configurationController?.RecordNameTaken(other);
        }
    }

    private ApiResult Register()
    {
        ApiResult result = _registration.Run(_link.Address);
        if (!result.IsOk)
        {
            return result;
        }

        _log.Info("registered", "node", State.NodeName, "address", _link.Address);
        State.IsRegistered = true;
        State.HeartbeatMode = _mode;
        _client.TimeoutMilliseconds = _requestTimeout;
        Adopt();
        if (_registration.HasRebooted)
        {
            _registration.HasRebooted = false;
            _configurationController?.RecordReboot();
        }

        // Drawn over their whole intervals: boards that started together are to part at once.
        _nextStatus = _clock.Milliseconds + _random.Next(_configuration.StatusMilliseconds);
        _nextLook = _clock.Milliseconds + _random.Next(LookMilliseconds);
        _lease.Reestablish(_registration.IsNew);
        return SendLease() ?? result;
    }

    /// <returns>What became of it, or null where there was nothing to send.</returns>
    private ApiResult SendHeartbeat(long now)
    {
        if (State.HeartbeatMode != _mode && now >= _nextLeaseTrial)
        {
            // The rights may have been given meanwhile.
            State.HeartbeatMode = _mode;
            _lease.Reestablish(false);
        }

        bool isStatusDue = now >= _nextStatus || State.HeartbeatMode == HeartbeatMode.Status;
        ApiResult result = null;
        if (isStatusDue)
        {
            result = ReportStatus();
            if (!result.IsOk)
            {
                return result;
            }

            _nextStatus = _clock.Milliseconds + Jitter.Lengthen(_configuration.StatusMilliseconds, _random);
        }

        return SendLease() ?? result;
    }

    /// <returns>What became of it, or null where no Lease is to be renewed.</returns>
    private ApiResult SendLease()
    {
        // A sick device lets its Lease run out, so that the cluster notices by itself.
        if (State.HeartbeatMode == HeartbeatMode.Status || !_facts.IsHealthy)
        {
            return null;
        }

        bool wasEstablished = _lease.IsEstablished;
        long started = _clock.Milliseconds;
        ApiResult result = _lease.Renew(_registration.Uid);
        State.Leases.Note(result.IsOk, _clock.Milliseconds - started);
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

    private ApiResult ReportStatus()
    {
        long started = _clock.Milliseconds;
        ApiResult result = _status.Report(_link.Address, _registration.Uid, false);
        State.Statuses.Note(result.IsOk, _clock.Milliseconds - started);
        return result;
    }

    private void GiveUpLeases(ApiResult result)
    {
        if (_leaseRefusals <= MaxLeaseRefusals)
        {
            _log.Warn("no Leases; heartbeats are by status alone from now on", "error", result.Describe());
        }

        // Refusals past the bound are those of trials, which need no line each.
        _leaseRefusals = MaxLeaseRefusals;
        State.HeartbeatMode = HeartbeatMode.Status;
        _nextLeaseTrial = _clock.Milliseconds + _configuration.StatusMilliseconds;
    }

    private int SilenceBound()
    {
        int missed = MissedHeartbeats * _configuration.LeaseMilliseconds;
        return missed < LongSilence ? missed : LongSilence;
    }

    private int OnSuccess(bool hasRegistered)
    {
        long now = _clock.Milliseconds;
        bool wasSilent = State.LastHeartbeat >= 0 && now - State.LastHeartbeat > SilenceBound();
        State.HeartbeatsSent++;
        State.LastHeartbeat = now;
        bool hasFailed = State.LastError != null;
        if (hasFailed)
        {
            _log.Info("API server takes heartbeats again");
            State.LastError = null;
        }

        _retry.Reset();
        _slowRetry.Reset();
        _startRetry.Reset();
        if (wasSilent && !hasRegistered)
        {
            // The node controller may have changed the conditions meanwhile.
            State.IsRegistered = false;
            return 0;
        }

        return Rest(hasRegistered || hasFailed);
    }

    /// <param name="isFirst">
    /// Whether this is the first of a row of heartbeats. The next one is drawn over the whole interval then: boards that came
    /// together, after a power cut or an outage of the API server, would stay together for hours.
    /// </param>
    private int Rest(bool isFirst = false)
    {
        int interval = _configuration.LeaseMilliseconds;
        long now = _clock.Milliseconds;
        if (isFirst)
        {
            _nextHeartbeat = now + _random.Next(interval) + 1;
        }
        else
        {
            // Counted from when this one was due: an API server that stalls answers a thousand boards at once, which would beat
            // together from then on if each counted from its answer.
            _nextHeartbeat += Jitter.Lengthen(interval, _random);
            while (_nextHeartbeat <= now)
            {
                _nextHeartbeat += interval;
            }
        }

        long wait = _nextHeartbeat - now;
        return wait < PollMilliseconds ? (int)wait : PollMilliseconds;
    }

    private int OnFailure(ApiResult result, long took)
    {
        State.HeartbeatsFailed++;
        _isRefused = result.Outcome == ApiOutcome.Unauthorized || result.Outcome == ApiOutcome.Forbidden;
        string error = _log.Secrets.Mask(result.Describe());
        if (result.RetryAfterMilliseconds > LongSilence)
        {
            error += " (asks to wait " + (result.RetryAfterMilliseconds / 1000).ToString() + " s, longer than a node stays Ready)";
        }

        if (error != State.LastError)
        {
            // Once, not at each of the retries: an API server may be away for days.
            _log.Warn(State.IsRegistered ? "heartbeat failed" : "registration failed", "error", error);
            State.LastError = error;
        }

        int wait = State.IsRegistered ? NextRetry(result) : NextStartRetry(result, took);
        if (result.Outcome == ApiOutcome.NotFound && State.IsRegistered)
        {
            // The Node is gone, or its Lease, which goes with its Node.
            _log.Info("registering again", "node", State.NodeName);
            State.IsRegistered = false;
        }

        _nextHeartbeat = _clock.Milliseconds + wait;
        return wait < PollMilliseconds ? wait : PollMilliseconds;
    }

    private static bool IsForAPerson(ApiOutcome outcome)
    {
        switch (outcome)
        {
            case ApiOutcome.Unauthorized:
            case ApiOutcome.Forbidden:
            case ApiOutcome.Invalid:
            case ApiOutcome.Rejected:
            case ApiOutcome.TooLarge:
                return true;
            default:
                return false;
        }
    }

    private int NextRetry(ApiResult result)
    {
        int wait = IsForAPerson(result.Outcome) ? _slowRetry.Next() : _retry.Next();
        int asked = Jitter.Lengthen(result.RetryAfterMilliseconds, _random);

        // A wait that the Lease does not outlive is cut once, to ask again while the node is still Ready; from then on it is obeyed.
        long bearable = State.LastHeartbeat + LongSilence - _clock.Milliseconds;
        if (asked > bearable && bearable > wait)
        {
            asked = (int)bearable;
        }

        return asked > wait ? asked : wait;
    }

    /// <param name="result">What became of the registration.</param>
    /// <param name="took">How long it took to fail, in milliseconds.</param>
    private int NextStartRetry(ApiResult result, long took)
    {
        if (IsForAPerson(result.Outcome))
        {
            int asked = Jitter.Lengthen(result.RetryAfterMilliseconds, _random);
            int slow = _slowRetry.Next();
            return asked > slow ? asked : slow;
        }

        if (result.Outcome == ApiOutcome.Timeout)
        {
            int timeout = _client.TimeoutMilliseconds * 2;
            _client.TimeoutMilliseconds = timeout < LongestStartTimeout ? timeout : LongestStartTimeout;
        }

        // All that are asked to wait are asked for the same time: what is drawn comes on top of it.
        int spread = (int)took * StartSlowdown;
        return result.RetryAfterMilliseconds + _startRetry.Next() + _random.Next((spread < LongestStartSpread ? spread : LongestStartSpread) + 1);
    }
}
