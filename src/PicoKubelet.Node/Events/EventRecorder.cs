using System;
using PicoKubelet.Api;
using PicoKubelet.Hardware;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Time;

namespace PicoKubelet.Events;

/// <summary>
/// Writes Kubernetes Events (core/v1) about any object. One that repeats one of the last of its object raises that one's count.
/// What is recorded, by any thread, is sent later by the node's loop, one request at a time.
/// </summary>
public sealed class EventRecorder : INodeDuty
{
    /// <summary>The type of what is as it should be.</summary>
    public const string Normal = "Normal";

    /// <summary>The type of what needs a look.</summary>
    public const string Warning = "Warning";

    // Within the API server's bound of 1 KB.
    private const int MaxMessageLength = 768;

    private const int FirstRetry = 2000;
    private const int LongestRetry = 60 * 1000;

    private readonly ApiClient _client;
    private readonly IClock _clock;
    private readonly TimeKeeper _time;
    private readonly Logger _log;
    private readonly EventTarget _node;
    private readonly EventTable _events = new EventTable();
    private readonly Random _random;
    private int _retry;
    private long _due;
    private long _lastNumber;
    private string _lastError;

    /// <summary>Initializes the recorder.</summary>
    /// <param name="client">The client of the API server; the node's loop's.</param>
    /// <param name="nodeName">The Node's name.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="time">The time of day.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    public EventRecorder(ApiClient client, string nodeName, IClock clock, TimeKeeper time, Logger log, Random random)
    {
        _client = client;
        _clock = clock;
        _time = time;
        _log = log;
        _node = EventTarget.ForNode(nodeName);
        _random = random;
    }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.InOrder;

    /// <summary>Gets whether there is something to send.</summary>
    public bool HasPending
    {
        get
        {
            lock (_events)
            {
                return _events.FindPending() != null;
            }
        }
    }

    /// <summary>Looks whether an event would be told soon: none about the same is on its way, and the object may have another one.</summary>
    /// <param name="about">What it would be about.</param>
    /// <returns>Whether it would.</returns>
    public bool IsReadyFor(EventTarget about)
    {
        lock (_events)
        {
            return _time.IsSet && _events.FindPending(about) == null && about.HasOne(_clock);
        }
    }

    /// <summary>Records an event about the Node.</summary>
    /// <param name="type"><see cref="Normal"/> or <see cref="Warning"/>.</param>
    /// <param name="reason">The reason, of <see cref="EventReason"/>.</param>
    /// <param name="message">The message for people, at most 768 bytes.</param>
    public void Record(string type, string reason, string message)
    {
        Record(_node, type, reason, message);
    }

    /// <summary>Records an event. Secrets that the board knows are taken out of the message.</summary>
    /// <param name="about">What it is about.</param>
    /// <param name="type"><see cref="Normal"/> or <see cref="Warning"/>.</param>
    /// <param name="reason">The reason, of <see cref="EventReason"/>.</param>
    /// <param name="message">The message for people, at most 768 bytes.</param>
    public void Record(EventTarget about, string type, string reason, string message)
    {
        message = _log.Secrets.Mask(message);
        message = message.Length > MaxMessageLength ? message.Substring(0, MaxMessageLength) : message;
        DateTime now = _time.UtcNow;
        lock (_events)
        {
            RecordedEvent recorded = _events.Find(about, reason, message);
            if (recorded == null)
            {
                // Another one, and not the old one changed: that may be on its way at this moment.
                _lastNumber = now.Ticks > _lastNumber ? now.Ticks : _lastNumber + 1;
                recorded = new RecordedEvent(about, type, reason, message, now, _lastNumber);
                _events.Add(recorded);
            }

            recorded.Count++;
            recorded.Last = now;

            // Past what its object may have, it is counted, and told with the next one that may be.
            recorded.IsPending = recorded.IsPending || about.TakeOne(_clock);
        }
    }

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        return Due.Until(_clock, HasPending ? _due : Due.Never);
    }

    /// <inheritdoc/>
    public bool Do()
    {
        ApiResult result = Send();
        if (result.IsOk)
        {
            _retry = 0;
            _lastError = null;
            return true;
        }

        _due = _clock.Milliseconds + Backoff.Next(ref _retry, FirstRetry, LongestRetry, _random);
        string error = result.Describe();
        if (_lastError == null)
        {
            _log.Warn("event not sent", "error", error);
        }

        _lastError = error;
        return true;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }

    /// <summary>Sends one of the events that are to be sent; after a failure it is another one's turn.</summary>
    /// <returns>What became of it.</returns>
    public ApiResult Send()
    {
        RecordedEvent recorded;
        lock (_events)
        {
            recorded = _events.FindPending();

            // One that is recorded while this one is on its way is told on its own.
            recorded.IsPending = false;
        }

        ApiResult result = recorded.Name == null ? Create(recorded) : Raise(recorded);
        if (recorded.Name != null && result.Outcome == ApiOutcome.NotFound)
        {
            // Events live for an hour by default.
            recorded.Count = 1;
            recorded.First = recorded.Last;
            result = Create(recorded);
        }

        if (!result.IsOk)
        {
            lock (_events)
            {
                // What the API server does not want it will not want later either.
                recorded.IsPending |= !result.IsRefusal && result.Outcome != ApiOutcome.NotFound;
                _events.Pass(recorded);
            }
        }

        return result;
    }

    private ApiResult Create(RecordedEvent recorded)
    {
        string name = EventDocument.MakeName(recorded);
        JsonWriter json = _client.Begin(Verb.Post, EventDocument.PathOf(recorded), MediaType.Json, ReplyForm.Nothing);
        EventDocument.Write(json, recorded, name, _node.Name);
        ApiResult result = _client.Send(null);

        // AlreadyExists: this one, before its reply was lost.
        if (result.IsOk || result.Outcome == ApiOutcome.AlreadyExists)
        {
            recorded.Name = name;
            return result.IsOk ? result : result.As(ApiOutcome.Ok);
        }

        return result;
    }

    private ApiResult Raise(RecordedEvent recorded)
    {
        JsonWriter json = _client.Begin(Verb.Patch, EventDocument.PathOf(recorded) + "/" + recorded.Name, MediaType.MergePatch, ReplyForm.Nothing);
        EventDocument.WriteRaised(json, recorded);
        return _client.Send(null);
    }
}
