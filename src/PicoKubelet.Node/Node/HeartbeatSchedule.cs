using System;
using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Time;

namespace PicoKubelet.Node;

/// <summary>When the next heartbeat is due, and the next report of the status with it.</summary>
internal sealed class HeartbeatSchedule
{
    private readonly IClock _clock;
    private readonly Random _random;
    private readonly NodeConfiguration _configuration;
    private long _next;
    private long _nextStatus;
    private bool _isUrgent;

    public HeartbeatSchedule(IClock clock, Random random, NodeConfiguration configuration)
    {
        _clock = clock;
        _random = random;
        _configuration = configuration;
    }

    /// <summary>Gets whether there was a heartbeat, or an attempt at one.</summary>
    public bool HasBegun => _next != 0;

    /// <summary>Gets whether the status is due with the next heartbeat.</summary>
    public bool IsStatusDue => _clock.Milliseconds >= _nextStatus;

    /// <summary>Gets how long it is until the next heartbeat, in milliseconds.</summary>
    public int UntilDue()
    {
        return _isUrgent ? 0 : Due.Until(_clock, _next);
    }

    /// <summary>
    /// Makes a heartbeat due at once, out of its row: those that follow keep their times. Boards that start together have their first
    /// news together, and would beat together from then on if each counted from its news.
    /// </summary>
    public void BeatNow()
    {
        _isUrgent = true;
    }

    /// <summary>Makes the status due with the next heartbeat.</summary>
    public void ReportNext()
    {
        _nextStatus = _clock.Milliseconds;
    }

    /// <summary>Begins the reports of a Node that was just registered: boards that started together are to part at once.</summary>
    public void DrawStatus()
    {
        _nextStatus = _clock.Milliseconds + _random.Next(_configuration.StatusMilliseconds);
    }

    /// <summary>Waits for the next report, after one.</summary>
    public void RestStatus()
    {
        _nextStatus = _clock.Milliseconds + Jitter.Lengthen(_configuration.StatusMilliseconds, _random);
    }

    /// <summary>Waits after a failure.</summary>
    /// <param name="milliseconds">How long.</param>
    public void Retry(int milliseconds)
    {
        _isUrgent = false;
        _next = _clock.Milliseconds + milliseconds;
    }

    /// <summary>
    /// Begins a row of heartbeats: the next one is drawn over the whole interval. Boards that came together, after a power cut or an
    /// outage of the API server, would stay together for hours.
    /// </summary>
    public void RestFirst()
    {
        _isUrgent = false;
        _next = _clock.Milliseconds + _random.Next(_configuration.LeaseMilliseconds) + 1;
    }

    /// <summary>
    /// Waits for the next heartbeat, after one. Counted from when this one was due: an API server that stalls answers a thousand boards
    /// at once, which would beat together from then on if each counted from its answer.
    /// </summary>
    public void Rest()
    {
        int interval = _configuration.LeaseMilliseconds;
        long now = _clock.Milliseconds;
        bool isAhead = _next > now;
        _isUrgent = false;
        if (isAhead && _next - now <= interval)
        {
            return;
        }

        // What is ahead by more than an interval was drawn before the interval became shorter.
        _next = isAhead ? now : _next;
        _next += Jitter.Lengthen(interval, _random);
        while (_next <= now)
        {
            _next += interval;
        }
    }
}
