using System;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;

namespace PicoKubelet.Runtime;

/// <summary>
/// Reboots the board: stores the reason, then resets. What the firmware decides by itself is bounded, so that a fault which a
/// reboot does not mend makes no storm of them; what a person asks for is done at once.
/// </summary>
public sealed class Rebooter
{
    /// <summary>How long the board runs at least before its first reboot by itself, milliseconds: time to join a network and to read the log.</summary>
    public const int FirstUptime = 120 * 1000;

    /// <summary>The bound of that time, which doubles with each reboot in a row, milliseconds: an hour, so 27 reboots on the first day and 24 on each other.</summary>
    public const int LongestUptime = 3600 * 1000;

    /// <summary>
    /// How long the board has to be well before the next reboot is the first of a row again, milliseconds: as long as the longest
    /// wait, so that no pattern of faults makes more of them than that.
    /// </summary>
    public const int HealthyTime = LongestUptime;

    /// <summary>How long a start has to last so as not to be one that ended at once, milliseconds: ESPHome's minute.</summary>
    public const int LastingTime = 60 * 1000;

    /// <summary>How long a safe start lasts before the board starts as usual again, milliseconds.</summary>
    public const int SafeTime = 3600 * 1000;

    // Where the reason can not be stored for the moment, flash is not written at each look of the supervisor.
    private const int StoreInterval = 60 * 1000;

    private readonly IBoard _board;
    private readonly IClock _clock;
    private readonly BootRecord _record;
    private readonly Logger _log;
    private readonly LogFile _lastLines;
    private readonly long _started;
    private long _lastTrouble;
    private long _nextStore;
    private bool _wasDue;

    /// <summary>Initializes the rebooter, at the firmware's start.</summary>
    /// <param name="board">The board.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="record">Where the reason is stored.</param>
    /// <param name="log">The log.</param>
    /// <param name="lastLines">What keeps the log's last lines over the reboot, or null.</param>
    public Rebooter(IBoard board, IClock clock, BootRecord record, Logger log, LogFile lastLines = null)
    {
        _lastLines = lastLines;
        _board = board;
        _clock = clock;
        _record = record;
        _log = log;
        _started = clock.Milliseconds;
        _lastTrouble = _started;
    }

    /// <summary>Gets why a reboot is due that waits, or null.</summary>
    public string DueReason { get; private set; }

    /// <summary>Gets or sets what sends the log's lines, the last ones too, or null.</summary>
    public Syslog Syslog { get; set; }

    /// <summary>Gets or sets what is done before a reboot that no fault makes due, or null.</summary>
    public Action Leaving { get; set; }

    /// <summary>Gets how long the board has to run before it may reboot by itself, in milliseconds.</summary>
    public int RequiredUptime
    {
        get
        {
            int uptime = FirstUptime;
            for (int i = 0; i < _record.RebootsInARow && uptime < LongestUptime; i++)
            {
                uptime *= 2;
            }

            return uptime < LongestUptime ? uptime : LongestUptime;
        }
    }

    /// <summary>Reboots at once, because a person asked for it. On a device this does not return.</summary>
    /// <param name="reason">Why, in a few words: ASCII without quotes, 64 at most.</param>
    public void Reboot(string reason)
    {
        Reboot(reason, _record.RebootsInARow);
    }

    /// <summary>Reboots at once, as <see cref="Reboot(string)"/> does.</summary>
    /// <param name="reason">Why, in a few words: ASCII without quotes, 64 at most.</param>
    /// <param name="inARow">How many reboots there are in a row then, which lengthen what waits for its end.</param>
    public void Reboot(string reason, int inARow)
    {
        try
        {
            Leaving?.Invoke();
        }
        catch (Exception)
        {
            // No reboot is given up for it.
        }

        _record.Store(reason, inARow);
        Reset(reason);
    }

    /// <summary>Reboots because going on makes no sense, if the board ran long enough since its start.</summary>
    /// <param name="reason">Why, in a few words: ASCII without quotes, 64 at most.</param>
    /// <returns>Whether the board was told to reboot; where not, ask again later.</returns>
    public bool TryReboot(string reason)
    {
        long now = _clock.Milliseconds;
        long uptime = now - _started;
        _lastTrouble = now;
        if (uptime < RequiredUptime || now < _nextStore)
        {
            NoteDue(reason);
            return false;
        }

        // One that is not counted could come again and again after the shortest time.
        if (!_record.Store(reason, _record.RebootsInARow + 1) && uptime < LongestUptime)
        {
            _nextStore = now + StoreInterval;
            NoteDue(reason);
            return false;
        }

        Reset(reason);
        return true;
    }

    /// <summary>Notes that nothing is wrong now; ends a safe start that has lasted long enough.</summary>
    /// <returns>Whether the board was told to reboot.</returns>
    public bool NoteHealthy()
    {
        DueReason = null;
        long uptime = _clock.Milliseconds - _started;
        if (_record.IsSafe && uptime >= SafeTime)
        {
            Reboot("safe mode ends");
            return true;
        }

        if (!_record.IsSafe && _record.ShortStarts > 0 && uptime >= LastingTime)
        {
            _record.EndShortStarts();
        }

        if (_record.RebootsInARow > 0 && _clock.Milliseconds - _lastTrouble >= HealthyTime)
        {
            _record.EndRow();
        }

        return false;
    }

    private void NoteDue(string reason)
    {
        if (DueReason == null)
        {
            DueReason = reason;
            Log("a reboot is due, and waits", reason);
        }

        if (!_wasDue)
        {
            // What is wrong may end the board before its time. Once a start: a fault may come and go.
            _wasDue = true;
            KeepLastLines();
        }
    }

    private void Reset(string reason)
    {
        Log("rebooting", reason);
        KeepLastLines();
        Syslog?.Send();
        _board.Reboot(reason);
    }

    private void KeepLastLines()
    {
        if (_lastLines != null)
        {
            _lastLines.Save();
        }
    }

    private void Log(string message, string reason)
    {
        try
        {
            _log.Warn(message, "reason", reason);
        }
        catch (Exception)
        {
            // The line may find no memory, which is a reason more to reboot.
        }
    }
}
