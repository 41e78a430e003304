using System;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Fakes;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Node;

/// <summary>The time of day may jump; what the cluster sees goes on.</summary>
[TestClass]
public class ClockJumpTests
{
    private const int Hour = 60 * 60 * 1000;

    // The longest heartbeat interval: 10 s and 4 %.
    private const int LongestInterval = 10400;

    [TestMethod]
    [DataRow(-86400)]
    [DataRow(-300)]
    [DataRow(-1)]
    [DataRow(1)]
    [DataRow(300)]
    [DataRow(86400)]
    public void A_jump_makes_no_heartbeat_late_and_no_timestamp_go_back(int seconds)
    {
        NodeHarness node = NodeHarness.Registered();
        node.Run(60 * 1000);
        int from = node.Server.Count - 1;

        node.Time.Set(node.Time.TrueUtc.AddSeconds(seconds));
        node.Run(10 * 60 * 1000);

        string renewed = RenewTimeOf(node.Server.Get(from));
        long at = node.Server.Get(from).At;
        for (int i = from + 1; i < node.Server.Count; i++)
        {
            RecordedRequest request = node.Server.Get(i);
            Assert.IsTrue(request.At - at <= LongestInterval, (request.At - at).ToString());
            at = request.At;
            if (request.Kind == "lease")
            {
                string renewal = RenewTimeOf(request);
                Assert.IsTrue(string.Compare(renewal, renewed) > 0, renewal + " after " + renewed);
                renewed = renewal;
            }
        }

        Assert.AreEqual(1, node.Server.CountOf("create"));
        Assert.IsTrue(node.State.IsRegistered);
    }

    [TestMethod]
    public void Each_hour_the_Date_of_a_heartbeats_reply_corrects_a_clock_without_a_time_source()
    {
        NodeHarness node = new NodeHarness();
        node.Source.HasTime = false;
        node.Server.Date = "Fri, 23 Jan 2026 10:30:00 GMT";
        node.Run(Hour - 1000);
        Assert.AreEqual(1, node.Server.CountOf("version"));

        node.Server.Date = "Fri, 23 Jan 2026 12:00:00 GMT";
        node.Run(2000);
        node.ClockSync.Resync();
        node.Run(2 * LongestInterval);

        Assert.AreEqual(12, node.Time.TrueUtc.Hour);
        Assert.AreEqual(1, node.Log.CountOf("time corrected"));
        Assert.AreEqual(1, node.Server.CountOf("version"));
        Assert.AreEqual(1, node.Server.Connects);
    }

    private static string RenewTimeOf(RecordedRequest request)
    {
        int at = request.Body.IndexOf("renewTime\":\"") + 12;
        return request.Body.Substring(at, 27);
    }
}
