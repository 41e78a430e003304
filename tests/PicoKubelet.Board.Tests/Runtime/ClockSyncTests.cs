using System;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Api;
using PicoKubelet.Time;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Runtime;

[TestClass]
public class ClockSyncTests
{
    private const int Hour = 60 * 60 * 1000;
    private const string Dated = ClockSyncHarness.Dated;
    private const string DatedLater = ClockSyncHarness.DatedLater;
    private const string Undated = ClockSyncHarness.Undated;

    [TestMethod]
    public void Over_plain_HTTP_the_Date_of_the_api_server_comes_first_and_the_time_source_soon_after()
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        ApiHarness api = ApiHarness.PlainWithReplies(Dated, Dated);
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = harness.NewSync(api, time);

        Assert.AreEqual(0, sync.Run(api.Client));

        Assert.AreEqual(0, harness.Source.Calls);
        Assert.AreEqual(new DateTime(2026, 1, 23, 11, 0, 0), harness.Board.SystemClock);
        Assert.EndsWith("level=info msg=\"time set\" from=\"API server\"", harness.Log.LastLine);

        harness.Source.Utc = new DateTime(2026, 1, 23, 11, 0, 7);
        sync.Resync();
        Assert.AreEqual(1, harness.Source.Calls);
        Assert.AreEqual(harness.Source.Utc, time.TrueUtc);
        sync.Resync();
        Assert.AreEqual(1, harness.Source.Calls);
    }

    [TestMethod]
    public void A_clock_that_was_set_before_the_start_is_used_at_once_and_the_time_source_soon_after()
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        harness.Source.Clock = new DateTime(2026, 1, 23, 10, 29, 50);
        ApiHarness api = ApiHarness.WithReplies(Dated);
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = harness.NewSync(api, time);

        Assert.AreEqual(0, sync.Run(api.Client));

        Assert.AreEqual(harness.Source.Clock, time.TrueUtc);
        Assert.AreEqual(0, harness.Source.Calls);
        Assert.AreEqual(0, api.Connector.Attempts);
        Assert.EndsWith("msg=\"time set\" from=clock", harness.Log.LastLine);

        sync.Resync();
        Assert.AreEqual(harness.Source.Utc, time.TrueUtc);
    }

    // 1970 and 2048: what clocks show that were never set.
    [TestMethod]
    [DataRow(1601)]
    [DataRow(1970)]
    [DataRow(2025)]
    [DataRow(2046)]
    [DataRow(2048)]
    public void No_source_of_time_is_believed_that_can_not_be_right(int year)
    {
        DateTime wrong = new DateTime(year, 1, 31);
        ClockSyncHarness harness = new ClockSyncHarness();
        harness.Source.Clock = wrong;
        harness.Source.Utc = wrong;
        ApiHarness api = ApiHarness.WithReplies("HTTP/1.1 200 OK\r\nDate: Thu, 31 Jan " + year.ToString() + " 11:00:00 GMT\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        TimeKeeper time = new TimeKeeper(api.Clock);

        Assert.IsTrue(harness.NewSync(api, time).Run(api.Client) > 0);

        Assert.IsFalse(time.IsSet);
        Assert.AreEqual(1, api.Connector.Attempts);
        Assert.AreEqual(1, harness.Log.CountOf("msg=\"time source is wrong\" server=ntp.example says=" + year.ToString() + "-01-31T00:00:00Z"));
        Assert.AreEqual(1, harness.Log.CountOf("msg=\"no time"));
    }

    // The time that was right goes on; only what two agree on puts it elsewhere.
    [TestMethod]
    public void A_time_source_that_is_wrong_by_years_is_found_out_by_the_Date()
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        ApiHarness api = ApiHarness.WithReplies(DatedLater);
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = harness.NewSync(api, time);
        harness.Source.Utc = new DateTime(2026, 1, 23, 11, 0, 10);
        sync.Run(api.Client);

        harness.Source.Utc = new DateTime(2031, 1, 23, 11, 0, 0);
        api.Clock.Advance(Hour);
        sync.Resync();
        Assert.AreEqual(new DateTime(2026, 1, 23, 12, 0, 10), time.TrueUtc);
        Assert.AreEqual(new DateTime(2026, 1, 23, 12, 0, 10), ClockSyncHarness.Seconds(time.UtcNow));
        TakeNextDate(sync, api);

        Assert.AreEqual(new DateTime(2026, 1, 23, 12, 0, 10), ClockSyncHarness.Seconds(time.TrueUtc));
        Assert.AreEqual(1, harness.Log.CountOf("msg=\"time source is wrong\" server=ntp.example says=2031-01-23T11:00:00Z"));
        Assert.AreEqual("the time source ntp.example says 2031-01-23T11:00:00Z", sync.SourceFault);
        Assert.AreEqual(0, harness.Log.CountOf("time corrected"));

        // The device's time source has put the system's clock there already.
        Assert.AreEqual(new DateTime(2026, 1, 23, 12, 0, 10), harness.Board.SystemClock);
    }

    [TestMethod]
    public void Where_the_Date_agrees_with_the_time_source_the_clock_was_wrong()
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        ApiHarness api = ApiHarness.WithReplies(DatedLater);
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = harness.NewSync(api, time);
        harness.Source.Clock = new DateTime(2026, 1, 1);
        sync.Run(api.Client);

        harness.Source.Utc = new DateTime(2026, 1, 23, 12, 0, 5);
        sync.Resync();
        TakeNextDate(sync, api);

        Assert.AreEqual(harness.Source.Utc, time.TrueUtc);
        Assert.AreEqual(1, harness.Log.CountOf("msg=\"time corrected\" from=\"time source\" seconds=1944005"));
        Assert.AreEqual(0, harness.Log.CountOf("wrong"));
    }

    [TestMethod]
    public void A_Date_that_can_not_be_right_corrects_nothing()
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        ApiHarness api = ApiHarness.WithReplies("HTTP/1.1 401 Unauthorized\r\nDate: Thu, 01 Jan 1970 00:00:10 GMT\r\nContent-Length: 0\r\n\r\n");
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = harness.NewSync(api, time);
        sync.Run(api.Client);

        TakeNextDate(sync, api);

        Assert.AreEqual(harness.Source.Utc, time.TrueUtc);
        Assert.AreEqual(default(DateTime), harness.Board.SystemClock);
        Assert.EndsWith("level=warning msg=\"the API server's Date is no time\" says=1970-01-01T00:00:10Z", harness.Log.LastLine);
    }

    [TestMethod]
    public void Over_TLS_without_a_clock_the_time_source_comes_first()
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        ApiHarness api = ApiHarness.WithReplies(Dated);
        TimeKeeper time = new TimeKeeper(api.Clock);

        Assert.AreEqual(0, harness.NewSync(api, time).Run(api.Client));

        Assert.AreEqual(harness.Source.Utc.Ticks / TimeSpan.TicksPerSecond, time.UtcNow.Ticks / TimeSpan.TicksPerSecond);
        Assert.AreEqual("ntp.example", harness.Source.Server);
        Assert.AreEqual(0, api.Connector.Attempts);
        Assert.AreEqual(default(DateTime), harness.Board.SystemClock);
        Assert.EndsWith("level=info msg=\"time set\" from=\"time source\"", harness.Log.LastLine);
    }

    [TestMethod]
    public void What_the_time_source_said_at_the_start_is_compared_with_the_first_Date()
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        ApiHarness api = ApiHarness.WithReplies(Dated);
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = harness.NewSync(api, time);
        sync.Run(api.Client);

        TakeNextDate(sync, api);

        Assert.AreEqual(new DateTime(2026, 1, 23, 11, 0, 0), ClockSyncHarness.Seconds(time.TrueUtc));
        Assert.AreEqual(1, harness.Log.CountOf("msg=\"time corrected\" from=\"API server\" seconds=1800"));
    }

    [TestMethod]
    public void The_api_servers_Date_is_the_fallback_be_it_a_refusals()
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        harness.Source.HasTime = false;
        ApiHarness api = ApiHarness.WithReplies(Dated);
        TimeKeeper time = new TimeKeeper(api.Clock);

        Assert.AreEqual(0, harness.NewSync(api, time).Run(api.Client));

        DateTime expected = new DateTime(2026, 1, 23, 11, 0, 0);
        Assert.AreEqual(expected, harness.Board.SystemClock);
        Assert.IsTrue(time.UtcNow >= expected && time.UtcNow < expected.AddSeconds(1));
        Assert.IsFalse(api.Client.Date.IsWanted);
        Assert.EndsWith("from=\"API server\"", harness.Log.LastLine);
    }

    [TestMethod]
    public void Without_any_time_it_is_tried_again_after_a_wait_that_grows()
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        harness.Source.HasTime = false;
        ApiHarness api = ApiHarness.WithReplies(Undated, Undated, Undated, Undated, Undated, Undated, Undated, Dated);
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = harness.NewSync(api, time);
        int ceiling = 1000;
        for (int i = 0; i < 7; i++)
        {
            int wait = sync.Run(api.Client);
            Assert.IsTrue(wait >= ceiling / 2 && wait <= ceiling, wait.ToString());
            Assert.IsFalse(time.IsSet);
            ceiling = ceiling * 2 > 30000 ? 30000 : ceiling * 2;
        }

        Assert.Contains("no time", harness.Log.LastLine);
        Assert.AreEqual(0, sync.Run(api.Client));
        Assert.IsTrue(time.IsSet);
    }

    [TestMethod]
    public void A_time_source_that_fails_has_no_time()
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        harness.Source.Failure = new InvalidOperationException("no such host");
        ApiHarness api = ApiHarness.WithReplies(Dated);
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = harness.NewSync(api, time);

        Assert.AreEqual(0, sync.Run(api.Client));
        Assert.IsTrue(time.IsSet);

        // On the supervisor's thread, which nothing may end.
        api.Clock.Advance(Hour);
        sync.Resync();
        Assert.AreEqual(2, harness.Source.Calls);
    }

    private static void TakeNextDate(ClockSync sync, ApiHarness api)
    {
        sync.TakeDate(api.Client);
        api.Get();
        sync.TakeDate(api.Client);
    }
}
