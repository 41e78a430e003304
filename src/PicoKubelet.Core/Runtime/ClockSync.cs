using System;
using PicoKubelet.Api;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Time;

namespace PicoKubelet.Runtime;

/// <summary>
/// Sets the time of day from what tells it at once: a clock that was set before, a server's <c>Date</c> over plain HTTP, or the time
/// source (SNTP) where TLS needs a time first. From then on the time source and the <c>Date</c> of replies watch over it and over each other.
/// </summary>
public sealed class ClockSync
{
    private const int FirstRetry = 1000;
    private const int LongestRetry = 30 * 1000;
    private const int ResyncMilliseconds = 60 * 60 * 1000;

    // A Date has whole seconds and is on its way for a while: what differs by less is no better than the clock it would set.
    private const int DateTolerance = 2;

    // An hour puts no clock out by as much, and the API server's own may be off by this: past it, one of the two is wrong.
    private const int SourceTolerance = 60;

    private const string ApiServer = "API server";
    private const string TimeSource = "time source";

    private readonly ITimeSource _source;
    private readonly IBoard _board;
    private readonly IClock _clock;
    private readonly TimeKeeper _time;
    private readonly string _server;
    private readonly Logger _log;
    private readonly Random _random;
    private int _retry;
    private long _lastSync;
    private int _tolerance;
    private bool _wantsDate;

    // What the time source said where it differs by more than a clock can be out: a Date is to say which of the two is right.
    private bool _isDoubted;
    private DateTime _doubtedUtc;
    private long _doubtedSince;

    /// <summary>Initializes the synchronization.</summary>
    /// <param name="platform">What the firmware runs on.</param>
    /// <param name="time">What is set.</param>
    /// <param name="server">The SNTP server.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    public ClockSync(Platform platform, TimeKeeper time, string server, Logger log, Random random)
    {
        _source = platform.Time;
        _board = platform.Board;
        _clock = platform.Clock;
        _time = time;
        _server = server;
        _log = log;
        _random = random;
    }

    /// <summary>Gets what the time source said last that can not be right, or null.</summary>
    public string SourceFault { get; private set; }

    /// <summary>Sets the time where there is none yet.</summary>
    /// <param name="client">The client of the API server.</param>
    /// <returns>0 when the time is set; otherwise how long to wait before the next attempt, in milliseconds.</returns>
    public int Run(ApiClient client)
    {
        if (TryClock() || (!client.IsSecure && TryServer(client)))
        {
            // Good enough to begin with; the time source is asked on the supervisor's thread.
            _lastSync = _clock.Milliseconds - ResyncMilliseconds;
        }
        else if (TrySource(out DateTime utc))
        {
            Set(utc, TimeSource);
            _tolerance = SourceTolerance;
            _wantsDate = true;
        }
        else if (!client.IsSecure || !TryServer(client))
        {
            _log.Warn("no time; nothing can be reported without it", "server", _server);
            return Backoff.Next(ref _retry, FirstRetry, LongestRetry, _random);
        }

        _retry = 0;
        return 0;
    }

    /// <summary>
    /// Asks the time source soon after the start, and again each hour. It may block for seconds, so it is not for the loop that
    /// sends heartbeats. <see cref="TakeDate"/> compares what it says, and corrects the time where it says nothing.
    /// </summary>
    public void Resync()
    {
        if (!_time.IsSet || _clock.Milliseconds - _lastSync < ResyncMilliseconds)
        {
            return;
        }

        bool hasTime = TrySource(out DateTime utc);
        _isDoubted = hasTime && IsOff(utc, _time.TrueUtc, SourceTolerance + 1);
        if (_isDoubted)
        {
            _doubtedUtc = utc;
            _doubtedSince = _clock.Milliseconds;
        }
        else if (hasTime)
        {
            _time.Set(utc);
        }

        _tolerance = hasTime && !_isDoubted ? SourceTolerance : DateTolerance;
        _lastSync = _clock.Milliseconds;
        _wantsDate = true;
    }

    /// <summary>
    /// Compares the time with the <c>Date</c> of a reply that comes anyway, once after each <see cref="Resync"/>, and corrects
    /// it where they differ by too much. To be called between two requests, by the loop that sends them; it sends nothing itself.
    /// </summary>
    /// <param name="client">The client of the API server.</param>
    public void TakeDate(ApiClient client)
    {
        if (!_wantsDate)
        {
            client.Date.IsWanted = false;
            return;
        }

        if (!client.Date.IsWanted)
        {
            client.Date.Forget();
            client.Date.IsWanted = true;
            return;
        }

        if (client.Date.Utc == default(DateTime))
        {
            return;
        }

        _wantsDate = false;
        client.Date.IsWanted = false;
        bool isDoubted = _isDoubted;
        _isDoubted = false;
        DateTime source = isDoubted ? Since(_doubtedUtc, _doubtedSince) : default(DateTime);
        DateTime date = Since(client.Date.Utc, client.Date.ReadAt);
        if (!PlausibleTime.Includes(date))
        {
            // Two that say something else, and a third that can not be right.
            _log.Warn("the API server's Date is no time", "says", Describe(date));
        }
        else if (isDoubted && !IsOff(source, date, SourceTolerance))
        {
            Correct(source, TimeSource);
        }
        else
        {
            if (isDoubted)
            {
                // It has set the system's clock as well.
                _board.SetClock(date);
                NoteWrongSource(source);
            }

            if (IsOff(date, _time.TrueUtc, _tolerance))
            {
                _board.SetClock(date);
                Correct(date, ApiServer);
            }
        }
    }

    private static string Describe(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ssZ");

    private static bool IsOff(DateTime time, DateTime other, int seconds)
    {
        long off = Seconds(time, other);
        return off >= seconds || off <= -seconds;
    }

    private static long Seconds(DateTime time, DateTime since) => (time.Ticks - since.Ticks) / TimeSpan.TicksPerSecond;

    private DateTime Since(DateTime utc, long read) => utc.AddMilliseconds(_clock.Milliseconds - read);

    private void Correct(DateTime utc, string from)
    {
        long off = Seconds(utc, _time.TrueUtc);
        _time.Set(utc);
        _log.Warn("time corrected", "from", from, "seconds", off.ToString());
    }

    private bool TryClock()
    {
        if (!_source.TryReadClock(out DateTime utc) || !PlausibleTime.Includes(utc))
        {
            return false;
        }

        Set(utc, "clock");
        return true;
    }

    private bool TrySource(out DateTime utc)
    {
        utc = default(DateTime);
        try
        {
            if (!_source.TryGetUtc(_server, out utc))
            {
                return false;
            }
        }
        catch (Exception)
        {
            // Asked on the supervisor's thread as well, which must not end.
            return false;
        }

        if (!PlausibleTime.Includes(utc))
        {
            NoteWrongSource(utc);
            return false;
        }

        return true;
    }

    private bool TryServer(ApiClient client)
    {
        // Any reply has a Date, be it a refusal.
        client.Date.Forget();
        client.Date.IsWanted = true;
        client.Get("/version", ReplyForm.Whole, null);
        client.Date.IsWanted = false;
        if (client.Date.Utc == default(DateTime) || !PlausibleTime.Includes(client.Date.Utc))
        {
            return false;
        }

        Set(client.Date.Utc, ApiServer);
        _board.SetClock(client.Date.Utc);
        return true;
    }

    private void NoteWrongSource(DateTime says)
    {
        _log.Warn("time source is wrong", "server", _server, "says", Describe(says));
        SourceFault = "the time source " + _server + " says " + Describe(says);
    }

    private void Set(DateTime utc, string from)
    {
        _lastSync = _clock.Milliseconds;
        _time.Set(utc);
        _log.Info("time set", "from", from);
    }
}
