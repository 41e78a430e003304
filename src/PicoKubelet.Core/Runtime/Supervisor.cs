using System;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;

namespace PicoKubelet.Runtime;

/// <summary>
/// Watches over a loop and reboots the board when going on makes no sense: some calls of the device's runtime have no
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

    private readonly Loop _loop;
    private readonly IBoard _board;
    private readonly IClock _clock;
    private readonly Logger _log;

    // Made at the start: when it is needed, there may be no memory for it.
    private readonly string _stuck;
    private readonly int _maxStep;
    private long _lastHealthy;

    /// <summary>Initializes the supervisor.</summary>
    /// <param name="loop">The loop to watch.</param>
    /// <param name="board">What is rebooted.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="maxStepMilliseconds">How long a step may take.</param>
    public Supervisor(Loop loop, IBoard board, IClock clock, Logger log, int maxStepMilliseconds = MaxStepMilliseconds)
    {
        _maxStep = maxStepMilliseconds;
        _loop = loop;
        _board = board;
        _clock = clock;
        _log = log;
        _lastHealthy = clock.Milliseconds;
        _stuck = "loop " + loop.Name + " is stuck";
    }

    /// <summary>Looks once, and reboots if need be.</summary>
    /// <param name="isHealthy">Whether the heap was above its floor when the node last looked.</param>
    /// <returns>Whether the board was told to reboot.</returns>
    public bool Check(bool isHealthy)
    {
        long now = _clock.Milliseconds;
        if (isHealthy)
        {
            _lastHealthy = now;
        }

        string reason = null;
        if (now - _loop.DueBy > _maxStep)
        {
            reason = _stuck;
        }
        else if (_loop.OutOfMemoryInARow >= MaxOutOfMemory)
        {
            reason = "out of memory";
        }
        else if (now - _lastHealthy > MaxUnhealthyMilliseconds)
        {
            reason = "little memory is free";
        }

        if (reason == null)
        {
            return false;
        }

        Log(reason);
        _board.Reboot(reason);
        return true;
    }

    private void Log(string reason)
    {
        try
        {
            _log.Error("rebooting", "reason", reason);
        }
        catch (Exception)
        {
            // The line may find no memory, which is a reason more to reboot.
        }
    }
}
