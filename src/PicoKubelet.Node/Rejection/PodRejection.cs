using System;
using PicoKubelet.Api;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Time;

namespace PicoKubelet.Rejection;

/// <summary>
/// Tells the API server of pods that this node does not run: one that it can not take fails with a reason, and a deletion is confirmed.
/// On a board without room for pods it looks for them itself.
/// </summary>
public sealed partial class PodRejection : INodeDuty
{
    // Beyond them the pods are read anew once there is room.
    private const int MaxErrands = 8;
    private const int FirstRetry = 500;
    private const int LongestRetry = 30 * 1000;

    // NodeRestriction looks for a pod that a node deletes in a copy of its own, which lags behind: to it a new pod is not found, or not
    // yet this node's. So a deletion's refusal is believed only once it was said over some seconds.
    private const int Believed = FirstRetry << 4;

    // A controller that makes a refused pod again is refused more and more slowly, and forgiven once it has been quiet.
    private const int FirstPace = 250;
    private const int LongestPace = 60 * 1000;
    private const int Quiet = 300 * 1000;

    private readonly ApiClient _client;
    private readonly EventRecorder _events;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly Random _random;
    private readonly PodErrand[] _errands = new PodErrand[MaxErrands];
    private readonly DeletionReader _refused = new DeletionReader();
    private int _count;
    private long _next;
    private long _lastRefusal = -Quiet;
    private int _pace;
    private int _retry;

    /// <summary>Initializes the duty.</summary>
    /// <param name="client">The client of the API server; the node's loop's.</param>
    /// <param name="events">Tells what happens to pods.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    public PodRejection(ApiClient client, EventRecorder events, IClock clock, Logger log, Random random)
    {
        _client = client;
        _events = events;
        _clock = clock;
        _log = log;
        _random = random;
    }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.InOrder;

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        return Due.Until(_clock, _count > 0 ? _next : _nodeName != null ? _nextLook : Due.Never);
    }

    /// <inheritdoc/>
    public bool Do()
    {
        if (_count > 0)
        {
            Run(_errands[0]);
        }
        else
        {
            Look();
        }

        return true;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }

    /// <summary>Adds what is to be told of a pod, by any thread; once where it is told already.</summary>
    /// <param name="errand">What.</param>
    /// <returns>Whether there was room.</returns>
    public bool Add(PodErrand errand)
    {
        lock (_errands)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_errands[i].Uid == errand.Uid && (_errands[i].Reason == null) == (errand.Reason == null))
                {
                    return true;
                }
            }

            if (_count == MaxErrands)
            {
                return false;
            }

            _errands[_count++] = errand;
            return true;
        }
    }

    private void Run(PodErrand errand)
    {
        ApiResult result = errand.Reason == null ? PodRequests.Delete(_client, errand.Namespace, errand.Name, errand.Uid) : Refuse(errand);
        bool isBelieved = errand.Reason != null || _retry >= Believed;
        if (!result.IsOk && result.Outcome != ApiOutcome.Conflict && !(isBelieved && (result.IsRefusal || result.Outcome == ApiOutcome.NotFound)))
        {
            _next = _clock.Milliseconds + Backoff.Next(ref _retry, FirstRetry, LongestRetry, _random);
            return;
        }

        if (result.IsRefusal)
        {
            _log.Warn(errand.Reason == null ? "pod's deletion not taken" : "pod's refusal not taken", "pod", errand.Name, "error", result.Describe());
        }

        _retry = 0;
        if (errand.Reason != null && result.IsOk && _refused.IsDeleting)
        {
            // Deleted while it was refused: nobody looks at a pod again that has failed, and it would hang for ever.
            _errands[0] = new PodErrand(errand.Namespace, errand.Name, errand.Uid, null, null);
            return;
        }

        lock (_errands)
        {
            _count--;
            for (int i = 0; i < _count; i++)
            {
                _errands[i] = _errands[i + 1];
            }

            _errands[_count] = null;
        }

        _next = errand.Reason == null ? 0 : _clock.Milliseconds + NextPace();
    }

    /// <summary>Gets how long to wait after a refusal that is done; one that has to be tried again has waits of its own.</summary>
    private int NextPace()
    {
        long now = _clock.Milliseconds;
        _pace = now - _lastRefusal > Quiet ? FirstPace : _pace > LongestPace / 2 ? LongestPace : _pace * 2;
        _lastRefusal = now;
        return _pace;
    }

    private ApiResult Refuse(PodErrand errand)
    {
        JsonWriter json = _client.Begin(Verb.Patch, PodRequests.PathOf(errand.Namespace, errand.Name) + "/status", MediaType.StrategicMergePatch);
        json.BeginObject();
        json.BeginObject("metadata");

        // Keeps it from another pod of the same name.
        json.Property("uid", errand.Uid);
        json.EndObject();
        json.BeginObject("status");
        json.Property("phase", "Failed");
        json.Property("reason", errand.Reason);
        json.Property("message", errand.Message);
        json.EndObject();
        json.EndObject();
        ApiResult result = _client.Send(_refused);
        if (result.IsOk)
        {
            _events.Record(new EventTarget("Pod", errand.Namespace, errand.Name, errand.Uid), EventRecorder.Warning, errand.Reason, errand.Message);
        }

        return result;
    }
}
