using PicoKubelet.Tests.Api;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Node;

/// <summary>The network, its address and the time, before anything else and while the node runs.</summary>
[TestClass]
public class LinkDutyTests
{
    private const int Minute = 60 * 1000;

    [TestMethod]
    public void Without_a_network_nothing_is_tried()
    {
        NodeHarness node = new NodeHarness();
        node.Network.Address = null;
        node.Run(Minute);
        Assert.AreEqual(0, node.Server.Connects);
        Assert.AreEqual(0, node.Source.Calls);
        Assert.IsTrue(node.Network.Connects > 6 && node.Network.Connects < 20, node.Network.Connects.ToString());
        Assert.IsNull(node.State.Address);
        Assert.IsTrue(node.Node.IsHealthy);

        node.Network.AddressOnConnect = "10.0.0.7";
        node.Run(9000);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.AreEqual("10.0.0.7", node.State.Address);
    }

    [TestMethod]
    public void Without_the_time_nothing_is_sent_that_has_one()
    {
        NodeHarness node = new NodeHarness();
        node.Source.HasTime = false;
        node.Run(5 * Minute);
        Assert.IsFalse(node.State.IsRegistered);
        Assert.AreEqual(node.Server.Count, node.Server.CountOf("version"));
        Assert.IsTrue(node.Server.Count > 5 && node.Server.Count < 30, node.Server.Count.ToString());

        node.Source.HasTime = true;
        node.Run(31000);
        Assert.IsTrue(node.State.IsRegistered);
    }

    [TestMethod]
    public void Boards_whose_power_comes_back_together_come_back_one_after_the_other()
    {
        const int Boards = 100;
        int[] perSecond = new int[5];
        for (int seed = 0; seed < Boards; seed++)
        {
            NodeHarness node = new NodeHarness();
            node.Boot(NodeHarness.NewSettings(), seed);
            node.Node.StartSpread = 5000;
            long wait = node.RunToNextRequest();
            Assert.IsTrue(wait > 0 && wait <= 5000, wait.ToString());
            perSecond[(wait - 1) / 1000]++;
        }

        foreach (int count in perSecond)
        {
            // 20 each on average.
            Assert.IsTrue(count > 6 && count < 40, count.ToString());
        }
    }

    [TestMethod]
    public void The_spread_of_the_start_begins_with_the_network()
    {
        NodeHarness node = new NodeHarness();
        node.Node.StartSpread = 5000;
        node.Network.Address = null;
        node.Run(60 * 1000);
        Assert.AreEqual(5000, node.Node.StartSpread);

        node.Network.Address = "192.168.1.50";
        node.Run(8000 + 5001);
        Assert.AreEqual(0, node.Node.StartSpread);
        Assert.IsTrue(node.State.IsRegistered);
    }

    [TestMethod]
    public void The_api_servers_Date_will_do()
    {
        NodeHarness node = new NodeHarness();
        node.Source.HasTime = false;
        node.Server.Date = "Sat, 24 Jan 2026 01:02:03 GMT";

        node.Run(1);

        Assert.AreEqual("version get create status create-lease", node.Server.Kinds());
        Assert.Contains("\"lastHeartbeatTime\":\"2026-01-24T01:02:03Z\"", node.Server.LastOf("status").Body);
    }

    [TestMethod]
    public void A_new_address_is_reported_at_once()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Run(3000);
        int from = node.Server.Count;
        node.Network.Address = "192.168.1.99";
        node.Run(1000);

        Assert.AreEqual("status lease", node.Server.Kinds(from));
        Assert.Contains("\"addresses\":[{\"$patch\":\"replace\"},{\"type\":\"InternalIP\",\"address\":\"192.168.1.99\"},"
            + "{\"type\":\"Hostname\",\"address\":\"pico-node-1\"}]", node.Server.LastOf("status").Body);
        Assert.AreEqual("192.168.1.99", node.State.Address);

        // The heartbeats after it keep their times: boards that get new addresses together do not beat together from then on.
        from = node.Server.Count;
        long news = node.Server.Last.At;
        node.RunToNextRequest();
        Assert.AreEqual("lease", node.Server.Kinds(from));
        Assert.IsTrue(node.Server.Last.At < news + 9000, (node.Server.Last.At - news).ToString());
    }

    [TestMethod]
    public void A_new_address_does_not_make_a_storm_where_its_report_fails()
    {
        NodeHarness node = NodeHarness.Registered();
        int from = node.Server.Count;
        node.Server.Answer("status", Replies.Failure("429 Too Many Requests", "TooManyRequests", "m", "{\"retryAfterSeconds\":30}"));
        node.Network.Address = "192.168.1.99";
        node.Run(29000);
        Assert.AreEqual("status", node.Server.Kinds(from));

        node.Server.Answer("status", null);
        node.Run(5000);
        Assert.Contains("192.168.1.99", node.Server.LastOf("status").Body);
    }

    [TestMethod]
    public void A_lost_network_closes_the_connection_and_a_new_one_goes_on()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Network.Address = null;
        node.Run(5000);
        Assert.AreEqual(0, node.Server.OpenConnections);
        Assert.IsNull(node.State.Address);

        node.Network.AddressOnConnect = "192.168.1.50";
        int from = node.Server.Count;
        node.Run(10000);
        Assert.StartsWith("status lease", node.Server.Kinds(from));
        Assert.AreEqual(2, node.Server.Connects);
        Assert.AreEqual(1, node.Server.OpenConnections);
    }
}
