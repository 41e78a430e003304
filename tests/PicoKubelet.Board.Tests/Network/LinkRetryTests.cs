using nanoFramework.TestFramework;
using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Network;

/// <summary>A network that is lost or out of reach: how often it is tried again, and what is told of it.</summary>
[TestClass]
public class LinkRetryTests
{
    private const int Second = 1000;
    private const int Minute = 60 * Second;
    private const int Hour = 60 * Minute;

    [TestMethod]
    [DataRow((int)JoinResult.NotFound, 0, 8)]
    [DataRow((int)JoinResult.NoAnswer, -55, 60)]
    public void The_waits_between_attempts_grow_to_a_bound(int result, int signal, int longest)
    {
        LinkHarness harness = LinkHarness.Down(signal);
        harness.Network.Result = (JoinResult)result;
        long last = harness.Clock.Milliseconds;
        int ceiling = 0;
        for (int i = 0; i < 12; i++)
        {
            int connects = harness.Network.Connects;
            while (harness.Network.Connects == connects)
            {
                harness.Clock.Advance(harness.Link.EnsureUp());
            }

            // The wait behind this attempt is told in pieces of a second; the next attempt shows the whole of it.
            long wait = harness.Clock.Milliseconds - last;
            Assert.IsTrue(i == 0 || wait <= ceiling + Second, i.ToString() + ": " + wait.ToString());
            Assert.IsTrue(i < 3 || wait >= ceiling / 2 - Second, i.ToString() + ": " + wait.ToString());
            last = harness.Clock.Milliseconds;
            ceiling = i == 0 ? 500 : ceiling * 2 > longest * Second ? longest * Second : ceiling * 2;
        }
    }

    [TestMethod]
    public void A_radio_that_finds_its_way_back_by_itself_is_noticed_within_a_second()
    {
        LinkHarness harness = LinkHarness.Down(-55);
        harness.Network.Result = JoinResult.Refused;
        harness.Run(10 * Minute);
        int connects = harness.Network.Connects;

        harness.Network.Address = "10.0.0.7";
        harness.Run(Second);

        Assert.AreEqual("10.0.0.7", harness.Link.Address);
        Assert.AreEqual(connects, harness.Network.Connects);
    }

    [TestMethod]
    public void An_hours_loss_costs_two_lines_and_a_moment()
    {
        LinkHarness harness = LinkHarness.Up();
        harness.Run(2 * Minute);
        harness.Network.Address = null;
        harness.Network.JoinMilliseconds = 3 * Second;
        harness.Network.ScanMilliseconds = 6 * Second;
        harness.Run(Hour);
        Assert.AreEqual(
            "level=warning msg=\"network lost\" after_seconds=120\nlevel=warning msg=\"no network\" error=\"no such network\" ssid=home\n",
            harness.Log.Text.Substring("level=info msg=\"network up\" address=192.168.1.50\n".Length));
        Assert.IsNull(harness.Link.Address);
        Assert.IsTrue(harness.Network.Connects > 150 && harness.Network.Connects < 450, harness.Network.Connects.ToString());

        harness.Network.AddressOnConnect = "192.168.1.50";
        harness.Run(9 * Second);
        Assert.AreEqual("192.168.1.50", harness.Link.Address);
        Assert.AreEqual(4, harness.Log.Count);
        Assert.AreEqual(1, harness.Link.Losses);
        Assert.AreEqual(2, harness.Link.Joins);
    }

    [TestMethod]
    public void A_link_that_flaps_is_joined_again_each_time_ever_more_slowly()
    {
        LinkHarness harness = LinkHarness.Up();
        harness.Network.AddressOnConnect = "192.168.1.50";
        for (int i = 0; i < 100; i++)
        {
            harness.Network.Address = null;
            harness.Run(3 * Second);
            if (i < 2 || i > 5)
            {
                // 0.5 s at most at first, and at least 4 s in the end.
                Assert.AreEqual(i < 2, harness.Link.Address != null, i.ToString());
            }

            harness.Run(7 * Second);
            Assert.AreEqual("192.168.1.50", harness.Link.Address);
        }

        Assert.AreEqual(100, harness.Link.Losses);
        Assert.AreEqual(101, harness.Link.Joins);
        Assert.AreEqual(100, harness.Network.Connects);

        // One that held for a minute is joined at once again.
        harness.Run(Minute);
        harness.Network.Address = null;
        harness.Run(10 * Second);
        harness.Network.Address = null;
        harness.Run(Second);
        Assert.AreEqual("192.168.1.50", harness.Link.Address);
    }

    [TestMethod]
    public void A_failure_that_becomes_another_is_told_once_more()
    {
        LinkHarness harness = LinkHarness.Down();
        harness.Run(Minute);
        harness.Network.Signal = -88;
        harness.Run(Minute);
        harness.Network.Signal = -60;
        harness.Network.Result = JoinResult.Refused;
        harness.Run(Minute);

        Assert.AreEqual(3, harness.Log.Count);
        Assert.AreEqual("wrong password", harness.Link.FailureName);
        Assert.AreEqual(1, harness.Log.CountOf("weak signal"));
        Assert.AreEqual(-60, harness.Link.Signal);
        Assert.IsTrue(harness.Link.SignalAge <= Minute);
    }
}
