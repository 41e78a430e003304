using System;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Time;

[TestClass]
public class ClockSyncTests
{
    private const int Hour = 60 * 60 * 1000;
    private const string Dated = "HTTP/1.1 401 Unauthorized\r\nDate: Fri, 23 Jan 2026 11:00:00 GMT\r\nContent-Length: 0\r\n\r\n";
    private const string Undated = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

    private readonly FakeTimeSource _source = new FakeTimeSource();
    private readonly FakeBoard _board = new FakeBoard();
    private readonly RecordingLog _log = new RecordingLog();

    [TestMethod]
    public void The_time_source_comes_first()
    {
        ApiHarness api = ApiHarness.WithReplies(Dated);
        TimeKeeper time = new TimeKeeper(api.Clock);

        Assert.AreEqual(0, NewSync(api, time).Run(api.Client));

        Assert.AreEqual(_source.Utc.Ticks / TimeSpan.TicksPerSecond, time.UtcNow.Ticks / TimeSpan.TicksPerSecond);
        Assert.AreEqual("ntp.example", _source.Server);
        Assert.AreEqual(0, api.Connector.Attempts);
        Assert.AreEqual(default(DateTime), _board.SystemClock);
        Assert.EndsWith("level=info msg=\"time set\" from=\"time source\"", _log.LastLine);
    }

    [TestMethod]
    public void The_api_servers_Date_is_the_fallback_be_it_a_refusals()
    {
        _source.HasTime = false;
        ApiHarness api = ApiHarness.WithReplies(Dated);
        TimeKeeper time = new TimeKeeper(api.Clock);

        Assert.AreEqual(0, NewSync(api, time).Run(api.Client));

        DateTime expected = new DateTime(2026, 1, 23, 11, 0, 0);
        Assert.AreEqual(expected, _board.SystemClock);
        Assert.IsTrue(time.UtcNow >= expected && time.UtcNow < expected.AddSeconds(1));
        Assert.IsFalse(api.Client.WantsServerTime);
        Assert.EndsWith("from=\"API server\"", _log.LastLine);
    }

    [TestMethod]
    public void Without_any_time_it_is_tried_again_after_a_wait_that_grows()
    {
        _source.HasTime = false;
        ApiHarness api = ApiHarness.WithReplies(Undated, Undated, Undated, Undated, Undated, Undated, Undated, Dated);
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = NewSync(api, time);
        int ceiling = 1000;
        for (int i = 0; i < 7; i++)
        {
            int wait = sync.Run(api.Client);
            Assert.IsTrue(wait >= ceiling / 2 && wait <= ceiling, wait.ToString());
            Assert.IsFalse(time.IsSet);
            ceiling = ceiling * 2 > 30000 ? 30000 : ceiling * 2;
        }

        Assert.Contains("no time", _log.LastLine);
        Assert.AreEqual(0, sync.Run(api.Client));
        Assert.IsTrue(time.IsSet);
    }

    [TestMethod]
    public void The_time_is_asked_for_again_each_hour()
    {
        ApiHarness api = ApiHarness.WithReplies();
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = NewSync(api, time);
        sync.Resync();
        Assert.AreEqual(0, _source.Calls);

        sync.Run(api.Client);
        api.Clock.Advance(Hour - 1);
        sync.Resync();
        Assert.AreEqual(1, _source.Calls);

        _source.Utc = new DateTime(2026, 1, 23, 12, 0, 0);
        api.Clock.Advance(1);
        sync.Resync();
        Assert.AreEqual(2, _source.Calls);
        Assert.AreEqual(_source.Utc, time.UtcNow);
        Assert.AreEqual(1, _log.Count);

        sync.Resync();
        Assert.AreEqual(2, _source.Calls);
        Assert.AreEqual(0, api.Connector.Attempts);
    }

    [TestMethod]
    public void A_resync_that_fails_waits_for_the_next_hour_and_keeps_the_time()
    {
        ApiHarness api = ApiHarness.WithReplies();
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = NewSync(api, time);
        sync.Run(api.Client);
        DateTime start = _source.Utc;

        _source.HasTime = false;
        _source.Utc = default(DateTime);
        api.Clock.Advance(Hour);
        sync.Resync();
        sync.Resync();
        Assert.AreEqual(2, _source.Calls);
        Assert.AreEqual(start.AddHours(1), time.UtcNow);

        api.Clock.Advance(Hour);
        sync.Resync();
        Assert.AreEqual(3, _source.Calls);
    }

    [TestMethod]
    public void A_time_source_that_fails_has_no_time()
    {
        _source.Failure = new InvalidOperationException("no such host");
        ApiHarness api = ApiHarness.WithReplies(Dated);
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = NewSync(api, time);

        Assert.AreEqual(0, sync.Run(api.Client));
        Assert.IsTrue(time.IsSet);

        // On the supervisor's thread, which nothing may end.
        api.Clock.Advance(Hour);
        sync.Resync();
        Assert.AreEqual(2, _source.Calls);
    }

    private ClockSync NewSync(ApiHarness api, TimeKeeper time)
    {
        Platform platform = new Platform();
        platform.Time = _source;
        platform.Board = _board;
        platform.Clock = api.Clock;
        return new ClockSync(platform, time, "ntp.example", new Logger(_log, time), new Random(1));
    }
}
