using System;
using nanoFramework.TestFramework;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Time;

[TestClass]
public class TimeKeeperTests
{
    private static readonly DateTime Noon = new DateTime(2026, 1, 23, 12, 0, 0);

    [TestMethod]
    public void There_is_no_time_before_it_is_set()
    {
        ManualClock clock = new ManualClock();
        TimeKeeper time = new TimeKeeper(clock);

        Assert.IsFalse(time.IsSet);
        Assert.ThrowsException(typeof(InvalidOperationException), () => Touch(time));
    }

    [TestMethod]
    public void The_clock_carries_the_time_on()
    {
        ManualClock clock = new ManualClock();
        TimeKeeper time = new TimeKeeper(clock);
        time.Set(Noon);
        Assert.IsTrue(time.IsSet);
        Assert.AreEqual(Noon, time.UtcNow);

        clock.Advance(1234);
        Assert.AreEqual(Noon.AddMilliseconds(1234), time.UtcNow);
    }

    [TestMethod]
    public void Each_time_is_later_than_the_one_before()
    {
        ManualClock clock = new ManualClock();
        TimeKeeper time = new TimeKeeper(clock);
        time.Set(Noon);
        time.Set(Noon);
        Assert.AreEqual(Noon, time.UtcNow);
        Assert.AreEqual(Noon.AddTicks(10), time.UtcNow);
        Assert.AreEqual(Noon.AddTicks(20), time.UtcNow);
    }

    [TestMethod]
    public void A_correction_forward_is_taken_at_once()
    {
        ManualClock clock = new ManualClock();
        TimeKeeper time = new TimeKeeper(clock);
        time.Set(Noon);
        Touch(time);

        time.Set(Noon.AddSeconds(60));

        Assert.AreEqual(Noon.AddSeconds(60), time.UtcNow);
    }

    [TestMethod]
    public void After_a_correction_backward_time_runs_at_half_speed_until_it_is_true_again()
    {
        ManualClock clock = new ManualClock();
        TimeKeeper time = new TimeKeeper(clock);
        time.Set(Noon);
        Touch(time);

        time.Set(Noon.AddSeconds(-2));
        Assert.AreEqual(Noon.AddTicks(10), time.UtcNow);
        clock.Advance(1000);
        Assert.AreEqual(Noon.AddMilliseconds(500).AddTicks(20), time.UtcNow);
        clock.Advance(2000);
        Assert.AreEqual(Noon.AddMilliseconds(1000), time.UtcNow);
        clock.Advance(2000);
        Assert.AreEqual(Noon.AddMilliseconds(3000), time.UtcNow);
    }

    [TestMethod]
    [DataRow(-86400)]
    [DataRow(-30)]
    [DataRow(-1)]
    [DataRow(1)]
    [DataRow(86400)]
    public void No_jump_takes_time_back_or_stops_it(int seconds)
    {
        ManualClock clock = new ManualClock();
        TimeKeeper time = new TimeKeeper(clock);
        time.Set(Noon);
        DateTime last = time.UtcNow;
        time.Set(Noon.AddSeconds(seconds));
        for (int i = 0; i < 100; i++)
        {
            DateTime now = time.UtcNow;
            Assert.IsTrue(now > last);
            last = now;
            clock.Advance(i % 3 == 0 ? 0 : 1000);
        }

        Assert.AreEqual(Noon.AddSeconds(seconds).AddSeconds(66), time.TrueUtc);
    }

    private static void Touch(TimeKeeper time)
    {
        Assert.IsTrue(time.UtcNow > default(DateTime));
    }
}
