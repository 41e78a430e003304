using System;
using PicoKubelet.Api;
using PicoKubelet.Api.Watch;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Node;
using PicoKubelet.Outputs;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;

namespace PicoKubelet.Configuration;

/// <summary>
/// Follows the ConfigMap: looks at it, puts what is valid in force, reports what it did, and stores it. A duty of the node's loop
/// and on that loop's connection, one request at a time, after the heartbeats.
/// </summary>
public sealed class ConfigurationController
{
    private const int FirstRetry = 2000;
    private const int LongestRetry = 60 * 1000;

    // What only a person can mend. It begins sooner, and is told only when it is said twice: an API server that has just started
    // answers 403 until it knows the rights.
    private const int FirstForbiddenRetry = 5 * 1000;
    private const int LongestForbiddenRetry = 300 * 1000;
    private const int RefusalsToTell = 2;

    private const string Forbidden = "the node's token may not read the ConfigMap";
    private const string Unread = "the ConfigMap could not be read";

    // Two requests, each sent twice.
    private const int ReloadTimeout = 35 * 1000;

    // How soon to look again whether the watch has brought what is there.
    private const int LookInterval = 500;

    private readonly ApiClient _client;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly Random _random;
    private readonly string _configMap;
    private readonly ConfigurationValues _defaults;
    private readonly ConfigurationReport _report;
    private readonly ConfigMapReader _reader;
    private readonly ConfigMapSource _source;
    private readonly LookRequest _look = new LookRequest();
    private readonly Handover _handover = new Handover();
    private readonly ConfigurationTargets _targets;
    private readonly ConfigurationStore _store;
    private readonly NodeMetadataController _metadata;
    private readonly EventRecorder _events;
    private readonly Backoff _retry;
    private readonly Backoff _forbiddenRetry;
    private readonly Backoff _refusedRetry;
    private readonly bool _isWatched;
    private readonly DeviceSettings _settings;
    private readonly string _configMapName;
    private readonly NodeDescription _node;
    private WatchedConfigMap _watched;
    private string _toldVersion;
    private string _toldPort;
    private string _takenVersion;
    private bool _hasTaken;
    private long _nextPoll;
    private long _nextLook;
    private long _nextApply;
    private long _nextMetadata;
    private string _reportError;
    private bool _hasPolled;
    private bool _isAbsent;
    private int _refusals;
    private bool _isForbidden;
    private bool _hasFailed;
    private bool _hasNews;

    /// <summary>Initializes the controller; the defaults are in force.</summary>
    /// <param name="platform">What the firmware runs on.</param>
    /// <param name="settings">The device's settings.</param>
    /// <param name="node">The Node's description.</param>
    /// <param name="client">The client of the API server; the node's loop's.</param>
    /// <param name="outputs">The LED and the pins.</param>
    /// <param name="cells">The memory cells.</param>
    /// <param name="events">Records Events.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    public ConfigurationController(Platform platform, DeviceSettings settings, NodeDescription node, ApiClient client, IOutputs outputs, MemoryCells cells, EventRecorder events, Logger log, Random random)
    {
        _client = client;
        _clock = platform.Clock;
        _log = log;
        _random = random;
        _settings = settings;
        _node = node;
        _configMapName = settings.ConfigMapName ?? node.Name;
        _configMap = settings.ConfigMapNamespace + "/" + _configMapName;
        _defaults = ConfigurationKeys.MakeDefaults(settings);
        ConfigurationValues inForce = new ConfigurationValues(cells.Bytes);
        _reader = new ConfigMapReader(new ConfigurationScope(platform.Pins, node.Labels), _defaults, inForce, BufferFor(settings, client));
        _report = _reader.Report;
        _source = new ConfigMapSource(client, settings.ConfigMapNamespace, _configMapName, _reader);
        _targets = new ConfigurationTargets(log, outputs);
        _store = new ConfigurationStore(platform.Storage, platform.Clock, _defaults, log);
        _metadata = new NodeMetadataController(client, node.Name, node.Labels, inForce);
        _events = events;
        _retry = new Backoff(FirstRetry, LongestRetry, random);
        _forbiddenRetry = new Backoff(FirstForbiddenRetry, LongestForbiddenRetry, random);
        _refusedRetry = new Backoff(FirstForbiddenRetry, LongestForbiddenRetry, random);
        _isWatched = settings.ConfigMapWatch;
        Configuration = new NodeConfiguration(inForce);
        Apply(_defaults);
    }

    /// <summary>Gets the configuration in force.</summary>
    public NodeConfiguration Configuration { get; }

    /// <summary>Gets what became of the ConfigMap so far.</summary>
    public ConfigurationState State { get; } = new ConfigurationState();

    /// <summary>Gets or sets the node's loop, which is woken when there is something to do for it.</summary>
    public Loop NodeLoop
    {
        get => _handover.Receiver;
        set => _handover.Receiver = value;
    }

    /// <summary>Gets or sets what the node knows of itself: a kubelet's port that can not be opened becomes an Event. Null for none.</summary>
    public NodeState NodeState { get; set; }

    /// <summary>Puts the stored configuration in force, before there is a network.</summary>
    public void LoadStored()
    {
        if (!_store.TryLoad(_reader))
        {
            return;
        }

        // A newer or an older firmware may have stored it.
        if (!_report.IsClean)
        {
            _log.Warn("stored configuration is used in part", "error", _report.MakeMessage());
        }

        Apply(_reader.Values);
        if (_report.Failures > 0)
        {
            State.Set(false, _report.Reason, _report.MakeMessage());
            _log.Warn("stored configuration is in force in part", "error", State.Message);
            return;
        }

        State.Set(true, "Stored", "the last good configuration is in force, from the device's storage");
        _log.Info("stored configuration in force");
    }

    /// <summary>Makes the watch's loop, for a device that watches.</summary>
    /// <param name="client">A client of the API server for the watch alone.</param>
    /// <param name="node">What the node knows of itself.</param>
    /// <returns>The loop, which does not run yet.</returns>
    public Loop MakeWatch(ApiClient client, NodeState node)
    {
        _watched = new WatchedConfigMap(new ConfigMapSource(client, _settings.ConfigMapNamespace, _configMapName, _reader), _reader, _handover) { IsWanted = node.IsRegistered };
        return new Loop("configmap watch", new ResourceWatcher(client, _watched, _clock, _log, _random), _clock, _log, _random);
    }

    /// <summary>Lets a watch end. For the PC.</summary>
    public void Stop()
    {
        _handover.Close();
    }

    /// <summary>Takes over what the Node has, once it was registered or found.</summary>
    /// <param name="ownedLabels">The keys of the labels that the ConfigMap put there, or null.</param>
    /// <param name="ownedAnnotations">The keys of the annotations that the ConfigMap put there, or null.</param>
    /// <param name="version">The resourceVersion that the Node shows as applied, or null.</param>
    /// <param name="hasAll">Whether the Node has all labels and annotations of the configuration in force, with their values.</param>
    public void Adopt(string ownedLabels, string ownedAnnotations, string version, bool hasAll = false)
    {
        _metadata.Adopt(ownedLabels, ownedAnnotations, version, hasAll);
    }

    /// <summary>Records the Event of a reboot, in the kubelet's words and with the reason.</summary>
    public void RecordReboot()
    {
        RecordIf(true, EventRecorder.Warning, "Rebooted", "Node " + _node.Name + " has been rebooted, boot id: " + _node.BootId + ", reason: " + _node.BootReason);
    }

    /// <summary>Records the Event of another board with the same name.</summary>
    /// <param name="message">The message for people.</param>
    public void RecordNameTaken(string message)
    {
        RecordIf(true, EventRecorder.Warning, "NodeNameTaken", message);
    }

    /// <summary>Looks at the ConfigMap, on the node's loop, and waits for it. For other threads than that loop's.</summary>
    /// <returns>Null where what is there now was read and is in force, otherwise why not, in a few words.</returns>
    public string Reload()
    {
        return _look.Ask(NodeLoop, ReloadTimeout);
    }

    /// <summary>Puts in force what a watch has found, if anything, and tries again what could not be put in force. Nothing is sent.</summary>
    public void Receive()
    {
        if (_targets.HasFailed && _clock.Milliseconds >= _nextApply)
        {
            // Also without a network, and where the ConfigMap can not be read. The next look reports it.
            _nextApply = _clock.Milliseconds + Configuration.PollMilliseconds;
            _targets.Apply(Configuration.Values, null);
        }

        if (_watched != null)
        {
            _watched.IsWanted = NodeState.IsRegistered;
        }

        TellPort();
        if (!_handover.IsFull)
        {
            return;
        }

        bool isDone = false;
        try
        {
            isDone = Take((ConfigMapFinding)_handover.Finding, null);
        }
        finally
        {
            _handover.Empty(isDone);
        }
    }

    /// <summary>Gets whether the configuration or its condition changed since the last call, which a heartbeat should tell.</summary>
    /// <returns>Whether it did.</returns>
    public bool TakeNews()
    {
        bool hasNews = _hasNews;
        _hasNews = false;
        return hasNews;
    }

    /// <summary>Does one of the things that are due: at most one look at the ConfigMap, or one report.</summary>
    public void Step()
    {
        long now = _clock.Milliseconds;
        if (UntilReport(now) <= 0)
        {
            Report(now);
        }
        else if (_store.UntilDue() == 0)
        {
            _store.Save(Configuration.Values, _client.BorrowBody());
        }
        else if (_isWatched)
        {
            if (_look.IsOpen && now >= _nextLook)
            {
                Compare();
            }
        }
        else if (now >= _nextPoll || _look.IsOpen)
        {
            Poll();
        }
    }

    /// <summary>Gets how long it is until something is due.</summary>
    /// <returns>Milliseconds.</returns>
    public int UntilDue()
    {
        long now = _clock.Milliseconds;
        long due = _look.IsOpen ? _isWatched ? _nextLook - now : 0 : _isWatched ? long.MaxValue : _nextPoll - now;
        int untilSave = _store.UntilDue();
        due = untilSave < due ? untilSave : due;
        long untilReport = UntilReport(now);
        due = untilReport < due ? untilReport : due;
        return due <= 0 ? 0 : due > int.MaxValue ? int.MaxValue : (int)due;
    }

    /// <remarks>
    /// A poll's reply is read on the client's own loop, and what it says is in force before the next request: it passes through
    /// the buffer of the request. A watch is read on another thread.
    /// </remarks>
    private static byte[] BufferFor(DeviceSettings settings, ApiClient client)
    {
        return settings.ConfigMapWatch ? new byte[ConfigMapReader.MinBufferBytes] : client.BorrowBuffer();
    }

    // Each has a time of its own: what is refused of the one must not hold up the other.
    private long UntilReport(long now)
    {
        long untilMetadata = _metadata.IsDirty ? _nextMetadata - now : long.MaxValue;
        long untilEvent = _events.UntilDue();
        return untilMetadata < untilEvent ? untilMetadata : untilEvent;
    }

    private void Poll()
    {
        int begun = _look.Begin();
        string answer = Unread;

        // Should something throw, the next look is not due at once.
        _nextPoll = _clock.Milliseconds + Configuration.PollMilliseconds;
        try
        {
            ConfigMapFinding finding = _source.Poll();
            if (Take(finding, _source.Result))
            {
                _source.MarkSeen();
            }

            answer = AnswerFor(finding);
            int interval = Configuration.PollMilliseconds;
            int wait = finding == ConfigMapFinding.Forbidden ? _forbiddenRetry.Next()

                // The first wait is drawn over the whole interval, so that boards which started together part.
                : _hasPolled ? Jitter.Lengthen(interval, _random) : _random.Next(interval) + 1;
            _hasPolled = true;
            int asked = _source.Result.RetryAfterMilliseconds;
            _nextPoll = _clock.Milliseconds + (asked > wait ? asked : wait);
        }
        finally
        {
            _look.End(begun, answer);
        }
    }

    /// <summary>Answers who asked for a look once the watch has brought what is there; until then it is looked again.</summary>
    private void Compare()
    {
        int begun = _look.Begin();
        _nextLook = _clock.Milliseconds + LookInterval;
        if (!_source.TryGetVersion(out string version))
        {
            _look.End(begun, _source.Result.Outcome == ApiOutcome.Forbidden ? Forbidden : Unread);
        }
        else if (_hasTaken && version == _takenVersion)
        {
            _look.End(begun, AnswerFor(ConfigMapFinding.Unchanged));
        }
    }

    private string AnswerFor(ConfigMapFinding finding)
    {
        switch (finding)
        {
            case ConfigMapFinding.Forbidden:
                return Forbidden;
            case ConfigMapFinding.Failed:
                return Unread;
            default:
                return State.IsApplied ? null : State.Message;
        }
    }

    /// <summary>Tells by an Event that nobody can ask this node, which whoever can not ask it would not learn otherwise.</summary>
    private void TellPort()
    {
        if (NodeState == null || !NodeState.IsRegistered || NodeState.PortFailure == _toldPort)
        {
            return;
        }

        _toldPort = NodeState.PortFailure;
        RecordIf(_toldPort != null, EventRecorder.Warning, "KubeletPortFailed", _toldPort);
    }

    private void Report(long now)
    {
        if (!_metadata.IsDirty || now < _nextMetadata)
        {
            _events.Do();
            return;
        }

        ApiResult result = _metadata.Send();
        int wait = 0;
        if (result.IsOk)
        {
            _retry.Reset();
            _refusedRetry.Reset();
            _reportError = null;
        }
        else
        {
            wait = result.IsRefusal ? _refusedRetry.Next() : _retry.Next();
            LogReportError(result.Describe());
        }

        _nextMetadata = _clock.Milliseconds + wait;
    }

    private void LogReportError(string error)
    {
        // Once, and not again while the two take turns.
        if (_reportError == null)
        {
            _log.Warn("configuration not reported", "error", error);
        }

        _reportError = error;
    }

    /// <returns>Whether that is all: otherwise it is to be found again.</returns>
    private bool Take(ConfigMapFinding finding, ApiResult result)
    {
        switch (finding)
        {
            case ConfigMapFinding.Unchanged:
                State.PollsUnchanged++;
                break;
            case ConfigMapFinding.Found:
                OnFound();
                break;
            case ConfigMapFinding.TooLarge:
                OnTooLarge();
                break;
            case ConfigMapFinding.Absent:
                OnAbsent();
                break;
            case ConfigMapFinding.Forbidden:
                OnForbidden();
                return false;
            default:
                OnFailed(result);
                return false;
        }

        if (finding != ConfigMapFinding.Unchanged)
        {
            _takenVersion = finding == ConfigMapFinding.Absent ? null : _reader.ResourceVersion;
            _hasTaken = true;
        }

        State.LastPoll = _clock.Milliseconds;
        _forbiddenRetry.Reset();
        _refusals = 0;
        _isForbidden = false;
        _hasFailed = false;
        return !_targets.HasFailed;
    }

    private void OnFound()
    {
        _isAbsent = false;
        string version = _reader.ResourceVersion;
        Apply(_reader.Values);
        _store.MarkChanged();
        if (_report.Failures == 0)
        {
            State.AppliedVersion = version;
        }

        _metadata.Want(State.AppliedVersion);
        if (_report.IsClean)
        {
            State.PollsApplied++;
            if (Tell(version, true, "Applied", "resourceVersion " + version + " of the ConfigMap " + _configMap + " is in force", "the ConfigMap " + _configMap + " is in force"))
            {
                _log.Info("configuration applied", "configMap", _configMap, "resourceVersion", version);
            }

            return;
        }

        State.PollsRejected++;
        if (Tell(version, false, _report.Reason, _report.MakeMessage(), null))
        {
            _log.Warn("configuration applied in part", "resourceVersion", version, "error", State.Message);
        }
    }

    private void OnTooLarge()
    {
        _isAbsent = false;
        State.PollsRejected++;
        string message = "the data of the ConfigMap " + _configMap + " is larger than " + (ConfigMapReader.MaxDataBytes / 1024).ToString() + " KB; nothing of it is in force";
        if (Tell(_reader.ResourceVersion, false, "TooLarge", message, null))
        {
            _log.Warn("configuration refused", "error", message);
        }
    }

    private void OnAbsent()
    {
        State.PollsAbsent++;
        if (_isAbsent && !_isForbidden)
        {
            return;
        }

        bool isGone = State.AppliedVersion != null || _metadata.ReportedVersion != null;
        _report.Clear();
        Apply(_defaults);
        _isAbsent = _report.Failures == 0;
        _store.MarkChanged();
        State.AppliedVersion = null;
        _metadata.Want(null);
        if (_report.Failures > 0)
        {
            if (Tell(null, false, _report.Reason, _report.MakeMessage(), null))
            {
                _log.Warn("no ConfigMap; the defaults are in force in part", "error", State.Message);
            }

            return;
        }

        SetCondition(true, "Defaults", "there is no ConfigMap " + _configMap + "; the defaults are in force");
        _toldVersion = null;
        _log.Info("no ConfigMap; the defaults are in force", "configMap", _configMap);
        RecordIf(isGone, EventRecorder.Normal, "ConfigurationApplied", "the ConfigMap " + _configMap + " is gone; the defaults are in force");
    }

    /// <summary>Tells what became of a version, unless the same was told before: in the condition, and where the Node does not show it yet, by an Event.</summary>
    /// <returns>Whether it is worth a line in the log.</returns>
    private bool Tell(string version, bool isApplied, string reason, string message, string eventMessage)
    {
        if (version == _toldVersion && State.Reason == reason && State.Message == message)
        {
            return false;
        }

        bool isNews = reason == ConfigurationReport.ApplyFailed || State.Reason == ConfigurationReport.ApplyFailed
            || (version != _toldVersion && version != _metadata.ReportedVersion);
        _toldVersion = version;
        SetCondition(isApplied, reason, message);
        RecordIf(isNews, isApplied ? EventRecorder.Normal : EventRecorder.Warning, isApplied ? "ConfigurationApplied" : "ConfigurationRejected", eventMessage ?? message);
        return true;
    }

    private void OnForbidden()
    {
        State.PollsForbidden++;
        _refusals++;
        if (_isForbidden || _refusals < RefusalsToTell)
        {
            return;
        }

        // The node stays Ready: it does all else that it is there for.
        _isForbidden = true;
        string message = Forbidden + " " + _configMap;
        SetCondition(false, "Forbidden", message);
        _log.Warn(message);
    }

    private void OnFailed(ApiResult result)
    {
        State.PollsFailed++;
        if (!_hasFailed && result != null)
        {
            _log.Warn("ConfigMap could not be read", "error", result.Describe());
        }

        _hasFailed = true;
    }

    private void SetCondition(bool isApplied, string reason, string message)
    {
        message = _log.Secrets.Mask(message);
        _hasNews |= State.Reason != reason || State.Message != message;
        State.Set(isApplied, reason, message);
    }

    private void RecordIf(bool isNews, string type, string reason, string message)
    {
        if (isNews)
        {
            _events.Record(type, reason, message);
            _nextMetadata = 0;
        }
    }

    private void Apply(ConfigurationValues values)
    {
        ConfigurationValues inForce = Configuration.Values;
        for (int i = 0; i < ConfigurationKeys.Count; i++)
        {
            ConfigurationKey key = ConfigurationKeys.Get(i);
            if (!key.AreSame(values, inForce))
            {
                key.Copy(values, inForce);
            }
        }

        // What is equal is kept once.
        inForce.NodeLabels = values.NodeLabels;
        inForce.NodeAnnotations = values.NodeAnnotations;
        _nextApply = _clock.Milliseconds + Configuration.PollMilliseconds;
        _targets.Apply(inForce, _report);
    }
}
