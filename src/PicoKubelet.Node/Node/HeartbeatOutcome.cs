using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Network;

namespace PicoKubelet.Node;

/// <summary>
/// What a registration or a heartbeat that succeeded or failed means for the node: whether it is registered and refused, what is
/// logged, and when the next one is due.
/// </summary>
internal sealed class HeartbeatOutcome
{
    // Or three heartbeats that were missed, where they come faster than the long silence.
    private const int MissedHeartbeats = 3;

    // A Lease lasts 40 s; then the node controller calls the Node's conditions Unknown, and can not know why.
    private const int LostMilliseconds = 40 * 1000;

    // What joining a network takes.
    private const int NetworkMilliseconds = 10 * 1000;

    private readonly NodeState _state;
    private readonly HeartbeatSchedule _schedule;
    private readonly RetryPolicy _retry;
    private readonly NodeConfiguration _configuration;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly Link _link;
    private readonly EventRecorder _events;
    private readonly long _started;
    private string _lastError;
    private bool _isHeldBack;
    private bool _isRefused;

    public HeartbeatOutcome(NodeState state, HeartbeatSchedule schedule, RetryPolicy retry, NodeConfiguration configuration, IClock clock, Logger log, Link link, EventRecorder events)
    {
        _link = link;
        _events = events;
        _started = clock.Milliseconds;
        _state = state;
        _schedule = schedule;
        _retry = retry;
        _configuration = configuration;
        _clock = clock;
        _log = log;
    }

    /// <summary>Gets whether the API server refused the last heartbeat for who sent it: 401 or 403.</summary>
    public bool IsRefused => _isRefused && _state.LastError != null;

    /// <summary>Takes note that the Node is registered: a request gets its usual time from now on.</summary>
    public void NoteRegistered()
    {
        _state.IsRegistered = true;
        _retry.EndStart();
    }

    /// <summary>Takes note that a heartbeat was held back, since the device is not well.</summary>
    public void NoteHeldBack()
    {
        _isHeldBack = true;
    }

    /// <summary>Takes note of a success or a failure.</summary>
    /// <param name="result">What became of it.</param>
    /// <param name="isRegistration">Whether it was a registration.</param>
    /// <param name="began">When it began, in the clock's milliseconds.</param>
    public void Take(ApiResult result, bool isRegistration, long began)
    {
        if (result.IsOk)
        {
            Succeed(isRegistration);
        }
        else
        {
            Fail(result, _clock.Milliseconds - began);
        }
    }

    /// <summary>Takes note of a failure.</summary>
    /// <param name="result">What became of the request.</param>
    /// <param name="took">How long it took to fail, in milliseconds.</param>
    public void Fail(ApiResult result, long took)
    {
        _state.HeartbeatsFailed++;
        _isRefused = result.Outcome == ApiOutcome.Unauthorized || result.Outcome == ApiOutcome.Forbidden;
        string error = _log.Secrets.Mask(result.Describe());
        if (result.RetryAfterMilliseconds > RetryPolicy.LongSilence)
        {
            error += " (asks to wait " + (result.RetryAfterMilliseconds / 1000).ToString() + " s, longer than a node stays Ready)";
        }

        if (error != _state.LastError)
        {
            // Once, not at each of the retries: an API server may be away for days.
            _log.Warn(_state.IsRegistered ? "heartbeat failed" : "registration failed", "error", error);
            _state.LastError = error;
        }

        _lastError = error;

        _schedule.Retry(_state.IsRegistered ? _retry.WaitAfterHeartbeat(result, _state.LastHeartbeat) : _retry.WaitAfterRegistration(result, took));
        if (result.Outcome == ApiOutcome.NotFound && _state.IsRegistered)
        {
            // The Node is gone, or its Lease, which goes with its Node.
            _log.Info("registering again", "node", _state.NodeName);
            _state.IsRegistered = false;
        }
    }

    private void Succeed(bool isRegistration)
    {
        long now = _clock.Milliseconds;
        bool wasSilent = _state.LastHeartbeat >= 0 && now - _state.LastHeartbeat > SilenceBound();
        TellSilence(now - (_state.LastHeartbeat >= 0 ? _state.LastHeartbeat : _started));
        _state.HeartbeatsSent++;
        _state.LastHeartbeat = now;
        bool hasFailed = _state.LastError != null;
        if (hasFailed)
        {
            _log.Info("API server takes heartbeats again");
            _state.LastError = null;
        }

        _retry.Reset();
        if (wasSilent && !isRegistration)
        {
            // The node controller may have changed the conditions meanwhile: it is registered anew, at once.
            _state.IsRegistered = false;
        }
        else if (isRegistration || hasFailed)
        {
            _schedule.RestFirst();
        }
        else
        {
            _schedule.Rest();
        }
    }

    /// <summary>Tells why the cluster heard nothing: while it did not, nobody could.</summary>
    private void TellSilence(long silence)
    {
        if (silence > LostMilliseconds)
        {
            string message = "no heartbeat for " + (silence / 1000).ToString() + " s";
            long offline = silence - _link.StateAge;
            if (offline > NetworkMilliseconds)
            {
                message += ", no network for " + (offline / 1000).ToString() + " s of them";
                if (_link.LastFailureName != null)
                {
                    message += " (" + _link.LastFailureName + ")";
                }
            }

            if (_lastError != null)
            {
                message += ", " + _lastError;
            }

            if (_isHeldBack)
            {
                message += ", held back: the managed heap was nearly exhausted";
            }

            _events.Record(EventRecorder.Warning, EventReason.HeartbeatsMissed, message);
        }

        _lastError = null;
        _isHeldBack = false;
    }

    private int SilenceBound()
    {
        int missed = MissedHeartbeats * _configuration.LeaseMilliseconds;
        return missed < RetryPolicy.LongSilence ? missed : RetryPolicy.LongSilence;
    }
}
