using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;

namespace PicoKubelet.Node;

/// <summary>
/// What a registration or a heartbeat that succeeded or failed means for the node: whether it is registered and refused, what is
/// logged, and when the next one is due.
/// </summary>
internal sealed class HeartbeatOutcome
{
    // Or three heartbeats that were missed, where they come faster than the long silence.
    private const int MissedHeartbeats = 3;

    private readonly NodeState _state;
    private readonly HeartbeatSchedule _schedule;
    private readonly RetryPolicy _retry;
    private readonly NodeConfiguration _configuration;
    private readonly IClock _clock;
    private readonly Logger _log;
    private bool _isRefused;

    public HeartbeatOutcome(NodeState state, HeartbeatSchedule schedule, RetryPolicy retry, NodeConfiguration configuration, IClock clock, Logger log)
    {
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

    private int SilenceBound()
    {
        int missed = MissedHeartbeats * _configuration.LeaseMilliseconds;
        return missed < RetryPolicy.LongSilence ? missed : RetryPolicy.LongSilence;
    }
}
