using System;
using nanoFramework.TestFramework;
using PicoKubelet.Tests.Api;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Time;

[TestClass]
public class ClockSyncTests
{
    private const int Hour = 60 * 60 * 1000;
    private const string Dated = "HTTP/1.1 401 Unauthorized\r\nDate: Fri, 23 Jan 2026 11:00:00 GMT\r\nContent-Length: 0\r\n\r\n";
    private const string Undated = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

    [TestMethod]
    public void The_time_source_comes_first()
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
        Assert.IsFalse(api.Client.WantsServerTime);
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
    public void The_time_is_asked_for_again_each_hour()
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        ApiHarness api = ApiHarness.WithReplies();
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = harness.NewSync(api, time);
        sync.Resync();
        Assert.AreEqual(0, harness.Source.Calls);

        sync.Run(api.Client);
        api.Clock.Advance(Hour - 1);
        sync.Resync();
        Assert.AreEqual(1, harness.Source.Calls);

        harness.Source.Utc = new DateTime(2026, 1, 23, 12, 0, 0);
        api.Clock.Advance(1);
        sync.Resync();
        Assert.AreEqual(2, harness.Source.Calls);
        Assert.AreEqual(harness.Source.Utc, time.UtcNow);
        Assert.AreEqual(1, harness.Log.Count);

        sync.Resync();
        Assert.AreEqual(2, harness.Source.Calls);
        Assert.AreEqual(0, api.Connector.Attempts);
    }

    [TestMethod]
    public void A_resync_that_fails_waits_for_the_next_hour_and_keeps_the_time()
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        ApiHarness api = ApiHarness.WithReplies();
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = harness.NewSync(api, time);
        sync.Run(api.Client);
        DateTime start = harness.Source.Utc;

        harness.Source.HasTime = false;
        harness.Source.Utc = default(DateTime);
        api.Clock.Advance(Hour);
        sync.Resync();
        sync.Resync();
        Assert.AreEqual(2, harness.Source.Calls);
        Assert.AreEqual(start.AddHours(1), time.UtcNow);

        api.Clock.Advance(Hour);
        sync.Resync();
        Assert.AreEqual(3, harness.Source.Calls);
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
}
