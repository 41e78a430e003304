using System;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Api;
using PicoKubelet.Time;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Runtime;

/// <summary>The time while the node runs, hour by hour.</summary>
[TestClass]
public class ClockResyncTests
{
    private const int Hour = 60 * 60 * 1000;
    private const string Dated = ClockSyncHarness.Dated;
    private const string DatedLater = ClockSyncHarness.DatedLater;
    private const string Undated = ClockSyncHarness.Undated;

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

        harness.Source.Utc = new DateTime(2026, 1, 23, 11, 30, 20);
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
    public void Where_the_source_has_no_time_the_Date_of_the_next_reply_corrects_the_clock()
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        harness.Source.HasTime = false;
        ApiHarness api = ApiHarness.WithReplies(Dated, Undated, DatedLater);
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = harness.NewSync(api, time);
        sync.Run(api.Client);
        sync.TakeDate(api.Client);
        Assert.IsFalse(api.Client.Date.IsWanted);

        // An hour in which the board's clock lost five seconds.
        api.Clock.Advance(Hour - 5000);
        sync.Resync();
        api.Clock.Advance(5000);
        sync.Resync();
        sync.TakeDate(api.Client);
        Assert.AreEqual(1, api.Connector.Attempts);
        api.Get();
        sync.TakeDate(api.Client);
        Assert.AreEqual(new DateTime(2026, 1, 23, 12, 0, 0), ClockSyncHarness.Seconds(time.UtcNow));

        api.Get();
        api.Clock.Advance(2000);
        sync.TakeDate(api.Client);
        Assert.AreEqual(new DateTime(2026, 1, 23, 12, 0, 12), ClockSyncHarness.Seconds(time.UtcNow));
        Assert.AreEqual(new DateTime(2026, 1, 23, 12, 0, 12), ClockSyncHarness.Seconds(harness.Board.SystemClock));
        Assert.EndsWith("level=warning msg=\"time corrected\" from=\"API server\" seconds=10", harness.Log.LastLine);
        Assert.IsFalse(api.Client.Date.IsWanted);
        Assert.AreEqual(1, api.Connector.Attempts);
    }

    // What a Date can tell has whole seconds; and a device's time source can not tell whether a server answered it.
    [TestMethod]
    [DataRow(false, 1, false)]
    [DataRow(false, -1, false)]
    [DataRow(false, 2, true)]
    [DataRow(false, -2, true)]
    [DataRow(true, 59, false)]
    [DataRow(true, -59, false)]
    [DataRow(true, 60, true)]
    [DataRow(true, -60, true)]
    public void A_Date_that_differs_by_too_much_counts(bool sourceHasTime, int seconds, bool counts)
    {
        ClockSyncHarness harness = new ClockSyncHarness();
        ApiHarness api = ApiHarness.WithReplies(DatedLater);
        TimeKeeper time = new TimeKeeper(api.Clock);
        ClockSync sync = harness.NewSync(api, time);
        DateTime date = new DateTime(2026, 1, 23, 12, 0, 10);
        harness.Source.Utc = date.AddSeconds(-seconds).AddHours(-1);
        sync.Run(api.Client);

        harness.Source.HasTime = sourceHasTime;
        harness.Source.Utc = date.AddSeconds(-seconds);
        api.Clock.Advance(Hour);
        sync.Resync();
        sync.TakeDate(api.Client);
        api.Get();
        sync.TakeDate(api.Client);

        Assert.AreEqual(counts ? date : date.AddSeconds(-seconds), ClockSyncHarness.Seconds(time.TrueUtc));
        Assert.AreEqual(counts, harness.Log.CountOf("time corrected") == 1);
        Assert.AreEqual(counts, harness.Board.SystemClock != default(DateTime));
    }
}
