using System;
using PicoKubelet.Api;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;

namespace PicoKubelet.Time;

/// <summary>Sets the time of day: from the time source (SNTP), or where that has none, from the <c>Date</c> header of the API server.</summary>
public sealed class ClockSync
{
    private const int FirstRetry = 1000;
    private const int LongestRetry = 30 * 1000;
    private const int ResyncMilliseconds = 60 * 60 * 1000;

    // A Date has whole seconds and is on its way for a while: what differs by less is no better than the clock it would set.
    private const int DateTolerance = 2;

    // The time source's word counts more, but a device's can not tell whether a server answered it or the clock just went on.
    private const int SourceTolerance = 60;

    private const string ApiServer = "API server";

    private readonly ITimeSource _source;
    private readonly IBoard _board;
    private readonly IClock _clock;
    private readonly TimeKeeper _time;
    private readonly string _server;
    private readonly Logger _log;
    private readonly Backoff _retry;
    private long _lastSync;
    private int _tolerance;
    private bool _wantsDate;

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
        _retry = new Backoff(FirstRetry, LongestRetry, random);
    }

    /// <summary>Sets the time where there is none yet.</summary>
    /// <param name="client">The client of the API server, for the fallback.</param>
    /// <returns>0 when the time is set; otherwise how long to wait before the next attempt, in milliseconds.</returns>
    public int Run(ApiClient client)
    {
        if (TrySource() || TryServer(client))
        {
            _retry.Reset();
            return 0;
        }

        _log.Warn("no time; nothing can be reported without it", "server", _server);
        return _retry.Next();
    }

    /// <summary>
    /// Asks the time source again each hour. It may block for seconds, so it is not for the loop that sends heartbeats. What it
    /// says is compared by <see cref="TakeDate"/>, which corrects the time where it says nothing.
    /// </summary>
    public void Resync()
    {
        if (_time.IsSet && _clock.Milliseconds - _lastSync >= ResyncMilliseconds)
        {
            _tolerance = TrySource() ? SourceTolerance : DateTolerance;
            _lastSync = _clock.Milliseconds;
            _wantsDate = true;
        }
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
            client.WantsServerTime = false;
            return;
        }

        if (!client.WantsServerTime)
        {
            client.ForgetServerTime();
            client.WantsServerTime = true;
            return;
        }

        if (client.ServerTime == default(DateTime))
        {
            return;
        }

        _wantsDate = false;
        client.WantsServerTime = false;
        DateTime utc = client.ServerTime.AddMilliseconds(_clock.Milliseconds - client.ServerTimeRead);
        long off = (utc.Ticks - _time.TrueUtc.Ticks) / TimeSpan.TicksPerSecond;
        if (off >= _tolerance || off <= -_tolerance)
        {
            _time.Set(utc);
            _board.SetClock(utc);
            _log.Warn("time corrected", "from", ApiServer, "seconds", off.ToString());
        }
    }

    private bool TrySource()
    {
        DateTime utc;
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

        Set(utc, "time source");
        return true;
    }

    private bool TryServer(ApiClient client)
    {
        // Any reply has a Date, be it a refusal.
        client.ForgetServerTime();
        client.WantsServerTime = true;
        client.Get("/version", true, null);
        client.WantsServerTime = false;
        if (client.ServerTime == default(DateTime))
        {
            return false;
        }

        Set(client.ServerTime, ApiServer);
        _board.SetClock(client.ServerTime);
        return true;
    }

    private void Set(DateTime utc, string from)
    {
        _lastSync = _clock.Milliseconds;
        bool isFirst = !_time.IsSet;
        _time.Set(utc);
        if (isFirst)
        {
            _log.Info("time set", "from", from);
        }
    }
}
