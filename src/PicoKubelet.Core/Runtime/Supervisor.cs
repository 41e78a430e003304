using System;
using PicoKubelet.Api;
using PicoKubelet.Hardware;

namespace PicoKubelet.Runtime;

/// <summary>
/// Watches over the firmware's threads and reboots the board when going on makes no sense: some calls of the device's runtime have no
/// timeout (connecting, a TLS handshake, at times a send), and an exhausted heap gives wrong values before it crashes.
/// </summary>
public sealed class Supervisor
{
    /// <summary>How long a step may take: a request that is sent twice, joining a Wi-Fi network, a TLS handshake, with room to spare.</summary>
    public const int MaxStepMilliseconds = 180 * 1000;

    /// <summary>How many steps in a row may run out of memory.</summary>
    public const int MaxOutOfMemory = 3;

    /// <summary>How long the heap may stay below its floor, in milliseconds: three heartbeats.</summary>
    public const int MaxUnhealthyMilliseconds = 30 * 1000;

    /// <summary>
    /// How long the API server may say nothing at all, in milliseconds: a day. It may be away for good reasons, and be it for a night;
    /// but it may also be a network stack that has lost its way.
    /// </summary>
    public const int MaxSilenceMilliseconds = 24 * 3600 * 1000;

    // Five loops: the node, the watches of its ConfigMap, of itself and of its pods, and their programs; four clients in service; a command.
    private const int MaxWatched = 10;

    private readonly ApiStatistics _api;
    private readonly Rebooter _rebooter;
    private readonly IClock _clock;
    private readonly IWatched[] _watched = new IWatched[MaxWatched];
    private readonly int[] _maxSteps = new int[MaxWatched];
    private readonly long _started;
    private int _count;
    private long _lastHealthy;

    /// <summary>Initializes the supervisor.</summary>
    /// <param name="api">What the client of the API server did, or null while the board has none.</param>
    /// <param name="rebooter">What reboots.</param>
    /// <param name="clock">The monotonic clock.</param>
    public Supervisor(ApiStatistics api, Rebooter rebooter, IClock clock)
    {
        _api = api;
        _rebooter = rebooter;
        _clock = clock;
        _started = clock.Milliseconds;
        _lastHealthy = _started;
    }

    /// <summary>Watches a thread that runs from now on, ten at most.</summary>
    /// <param name="watched">The thread.</param>
    /// <param name="maxStepMilliseconds">How long it may be past what it is due by.</param>
    public void Watch(IWatched watched, int maxStepMilliseconds = MaxStepMilliseconds)
    {
        _watched[_count] = watched;
        _maxSteps[_count] = maxStepMilliseconds;
        _count++;
    }

    /// <summary>Looks once, and reboots if need be and if the last reboot is long enough ago.</summary>
    /// <param name="isHealthy">Whether the heap was above its floor when the node last looked.</param>
    /// <returns>Whether the board was told to reboot.</returns>
    public bool Check(bool isHealthy)
    {
        string reason = FindReason(isHealthy, _clock.Milliseconds);
        if (reason != null)
        {
            return _rebooter.TryReboot(reason);
        }

        return _rebooter.NoteHealthy();
    }

    private static string DescribeStuck(IWatched watched)
    {
        try
        {
            return (watched is Loop ? "loop " : "thread ") + watched.Name + " is stuck";
        }
        catch (OutOfMemoryException)
        {
            return "a thread is stuck";
        }
    }

    private string FindReason(bool isHealthy, long now)
    {
        if (isHealthy)
        {
            _lastHealthy = now;
        }

        for (int i = 0; i < _count; i++)
        {
            if (now - _watched[i].DueBy > _maxSteps[i])
            {
                return DescribeStuck(_watched[i]);
            }

            if (_watched[i] is Loop loop && loop.OutOfMemoryInARow >= MaxOutOfMemory)
            {
                return "out of memory";
            }
        }

        if (now - _lastHealthy > MaxUnhealthyMilliseconds)
        {
            return "little memory is free";
        }

        if (_api == null)
        {
            return null;
        }

        long lastReply = _api.LastReply;
        return now - (lastReply < 0 ? _started : lastReply) > MaxSilenceMilliseconds ? "API server silent for a day" : null;
    }
}
