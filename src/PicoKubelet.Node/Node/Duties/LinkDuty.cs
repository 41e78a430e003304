using PicoKubelet.Time;
using System;
using PicoKubelet.Api;
using PicoKubelet.Hardware;
using PicoKubelet.Network;
using PicoKubelet.Runtime;

namespace PicoKubelet.Node.Duties;

/// <summary>Joins the network, and looks at the address, which the device does not tell when DHCP changes it.</summary>
internal sealed class LinkDuty : INodeDuty
{
    private const int LookMilliseconds = 1000;

    private readonly Link _link;
    private readonly ApiClient _client;
    private readonly NodeHealth _health;
    private readonly NodeState _state;
    private readonly HeartbeatSchedule _schedule;
    private readonly IClock _clock;
    private readonly Random _random;
    private string _lastAddress;
    private bool _isDue;
    private long _next;
    private long _readyAt;

    public LinkDuty(Link link, ApiClient client, NodeHealth health, NodeState state, HeartbeatSchedule schedule, IClock clock, Random random)
    {
        _link = link;
        _client = client;
        _health = health;
        _state = state;
        _schedule = schedule;
        _clock = clock;
        _random = random;
    }

    /// <summary>
    /// Gets or sets the longest wait, drawn at random, before the first request, in milliseconds. It begins once there is a network:
    /// boards whose power comes back together join theirs together too.
    /// </summary>
    public int StartSpread { get; set; }

    /// <summary>Gets whether there is an address that may be used.</summary>
    public bool IsUp => _link.Address != null && _clock.Milliseconds >= _readyAt;

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.Off;

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
        // In each step, before anything is sent: nothing else is of use without it.
        _isDue = true;
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        if (_isDue)
        {
            return 0;
        }

        return Due.Until(_clock, _readyAt > _clock.Milliseconds && _readyAt < _next ? _readyAt : _next);
    }

    /// <inheritdoc/>
    public bool Do()
    {
        _isDue = false;
        int wait = _link.EnsureUp();
        _state.Address = _link.Address;
        _next = _clock.Milliseconds + (wait > 0 ? wait : LookMilliseconds);
        if (wait > 0)
        {
            _client.Close();
            _health.Look();
            return false;
        }

        if (StartSpread > 0)
        {
            _readyAt = _clock.Milliseconds + _random.Next(StartSpread) + 1;
            StartSpread = 0;
        }

        if (_link.Address != _lastAddress)
        {
            // Reported at once, and only once at once: where that fails, it waits as after any failure.
            _lastAddress = _link.Address;
            if (_state.IsRegistered)
            {
                _schedule.BeatNow();
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }
}
