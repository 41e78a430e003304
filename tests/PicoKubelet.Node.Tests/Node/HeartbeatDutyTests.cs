using PicoKubelet.Settings;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Node;

/// <summary>Heartbeats: when, by what, and of a device that is sick.</summary>
[TestClass]
public class HeartbeatDutyTests
{
    private const int Minute = 60 * 1000;

    [TestMethod]
    public void Between_reports_there_are_Leases_alone()
    {
        NodeHarness node = NodeHarness.Registered();

        // The first of each kind come at a time of their own.
        node.Run(5 * Minute);
        int from = node.Server.Count;
        long last = node.Server.LastOf("lease").At;
        long lastStatus = node.Server.LastOf("status").At;
        int statuses = 0;
        bool varies = false;
        string lastTime = "";
        node.Run(60 * Minute);
        for (int i = from; i < node.Server.Count; i++)
        {
            RecordedRequest request = node.Server.Get(i);
            if (request.Kind == "status")
            {
                long since = request.At - lastStatus;
                Assert.IsTrue(since >= 5 * Minute && since <= (5 * Minute) + 12000 + 10400, since.ToString());
                lastStatus = request.At;
                statuses++;
                continue;
            }

            Assert.AreEqual("lease", request.Kind);
            long interval = request.At - last;
            Assert.IsTrue(interval >= 10000 && interval <= 10400, interval.ToString());
            varies |= interval != 10000 && interval != 10400;
            last = request.At;
            Assert.IsTrue(string.Compare(request.Body, lastTime) > 0);
            lastTime = request.Body;
        }

        Assert.IsTrue(varies);
        Assert.IsTrue(statuses >= 10, statuses.ToString());
        Assert.AreEqual(1, node.Server.Connects);
        Assert.AreEqual(1, node.Source.Calls);
        Assert.AreEqual(0L, node.State.HeartbeatsFailed);

        // Nothing is logged in the normal course of things.
        Assert.AreEqual(4, node.Log.Count);
    }

    [TestMethod]
    [DataRow(1, 1000, 1040)]
    [DataRow(20, 20000, 20800)]
    public void The_cadence_is_a_setting(int leaseSeconds, int shortest, int longest)
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.LeaseSeconds = leaseSeconds;
        settings.StatusSeconds = 3600;
        NodeHarness node = new NodeHarness(settings);
        node.Run(1);
        node.RunToNextRequest();
        for (int i = 0; i < 20; i++)
        {
            long before = node.Server.Last.At;
            node.RunToNextRequest();
            long interval = node.Server.Last.At - before;
            Assert.IsTrue(interval >= shortest && interval <= longest, interval.ToString());
        }
    }

    [TestMethod]
    public void A_change_is_reported_with_the_next_heartbeat()
    {
        NodeHarness node = NodeHarness.Registered();
        int from = node.Server.Count;
        node.Storage.IsHealthy = false;
        node.Run(10400);
        Assert.AreEqual("status lease", node.Server.Kinds(from));
        Assert.Contains("{\"type\":\"DiskPressure\",\"status\":\"True\"", node.Server.LastOf("status").Body);
        Assert.DoesNotContains("addresses", node.Server.LastOf("status").Body);

        from = node.Server.Count;
        node.Board.FreeHeap = 7000;
        node.Run(10400);
        Assert.AreEqual("status lease", node.Server.Kinds(from));
        Assert.Contains("{\"type\":\"MemoryPressure\",\"status\":\"True\"", node.Server.LastOf("status").Body);
        Assert.IsTrue(node.State.IsReady);
    }

    [TestMethod]
    public void A_change_whose_report_fails_is_reported_again()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Storage.IsHealthy = false;
        node.Server.Answer("status", Replies.Failure("500 Oops", "InternalError", "m"));
        node.Run(11000);
        node.Server.Answer("status", null);
        int from = node.Server.Count;
        node.Run(8000);

        Assert.StartsWith("status lease", node.Server.Kinds(from));
        Assert.Contains("{\"type\":\"DiskPressure\",\"status\":\"True\"", node.Server.LastOf("status").Body);
    }

    [TestMethod]
    public void A_sick_device_says_so_and_falls_silent()
    {
        NodeHarness node = NodeHarness.Registered();
        Assert.IsTrue(node.Node.IsHealthy);
        int from = node.Server.Count;
        node.Board.FreeHeap = 3000;
        node.Run(4 * Minute);
        Assert.AreEqual("status", node.Server.Kinds(from));
        Assert.Contains("{\"type\":\"Ready\",\"status\":\"False\"", node.Server.Last.Body);
        Assert.Contains("{\"type\":\"MemoryPressure\",\"status\":\"True\"", node.Server.Last.Body);
        Assert.IsFalse(node.Node.IsHealthy);
        Assert.IsFalse(node.State.IsReady);
        Assert.AreEqual(3000L, node.State.FreeHeap);

        from = node.Server.Count;
        node.Board.FreeHeap = 40000;
        node.Run(11000);
        Assert.StartsWith("status lease get", node.Server.Kinds(from));
        Assert.IsTrue(node.Node.IsHealthy);
        Assert.IsTrue(node.State.IsReady);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.Contains("{\"type\":\"Ready\",\"status\":\"True\"", node.Server.LastOf("status").Body);
    }

    [TestMethod]
    public void A_sick_device_falls_silent_in_this_mode_too()
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.HeartbeatMode = HeartbeatMode.Status;
        NodeHarness node = new NodeHarness(settings);
        node.Run(1);
        int from = node.Server.Count;
        node.Board.FreeHeap = 3000;
        node.Run(4 * Minute);

        Assert.AreEqual("status", node.Server.Kinds(from));
    }

    [TestMethod]
    public void A_server_that_closes_the_connection_each_time_is_not_noticed()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.Answer("lease", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        node.Run(Minute);

        Assert.AreEqual(0L, node.State.HeartbeatsFailed);
        Assert.IsTrue(node.Server.OpenConnections <= 1);
    }

    [TestMethod]
    public void After_an_outage_the_heartbeats_are_drawn_anew()
    {
        int early = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            NodeHarness node = new NodeHarness();
            node.Boot(NodeHarness.NewSettings(), seed);
            node.Run(Minute);
            node.Server.IsDown = true;
            node.Run(12000);
            node.Server.IsDown = false;
            while (node.State.LastError != null)
            {
                node.Clock.Advance(node.Node.Step());
            }

            long back = node.Server.LastOf("lease").At;
            int leases = node.Server.CountOf("lease");
            while (node.Server.CountOf("lease") == leases)
            {
                node.Clock.Advance(node.Node.Step());
            }

            early += node.Server.LastOf("lease").At - back < 5000 ? 1 : 0;
        }

        // Half of them on average.
        Assert.IsTrue(early > 10 && early < 30, early.ToString());
    }

    [TestMethod]
    public void The_token_is_nowhere_but_in_its_header()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.Everything = Replies.Failure("401 Unauthorized", "Unauthorized", "Unauthorized");
        node.Run(Minute);
        node.Server.Everything = "";
        node.Run(Minute);

        Assert.DoesNotContains(ApiHarness.Token, node.Log.Text);
        for (int i = 0; i < node.Server.Count; i++)
        {
            Assert.DoesNotContains(ApiHarness.Token, node.Server.Get(i).Body + node.Server.Get(i).Path);
        }
    }
}
