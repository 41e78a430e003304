using nanoFramework.TestFramework;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Node;

/// <summary>A start that finds the API server slow, failing or full: other boards are starting too.</summary>
[TestClass]
public class StartTests
{
    [TestMethod]
    public void What_takes_long_gets_more_time_until_the_node_is_registered()
    {
        NodeHarness node = new NodeHarness();
        node.Server.Delay = 20000;
        int[] bounds = { 8000, 16000, 24000 };
        for (int i = 0; i < bounds.Length; i++)
        {
            Assert.AreEqual(bounds[i], node.Client.TimeoutMilliseconds);
            int before = node.Server.Count;
            while (node.Server.Count == before)
            {
                node.Clock.Advance(node.Node.Step());
            }
        }

        node.Run(1);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.AreEqual(ApiHarness.Timeout, node.Client.TimeoutMilliseconds);
    }

    [TestMethod]
    public void A_registered_node_gets_no_more_time()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.Delay = 20000;
        node.Run(120000);
        Assert.AreEqual(ApiHarness.Timeout, node.Client.TimeoutMilliseconds);
    }

    [TestMethod]
    public void A_creation_whose_reply_was_late_is_not_made_again()
    {
        NodeHarness node = new NodeHarness();
        node.Server.Delay = 9000;
        node.Server.Uid = null;
        node.Run(180000);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.AreEqual(1, node.Server.CountOf("create"));
        Assert.AreEqual(1, node.Server.CountOf("create-lease"));
    }

    [TestMethod]
    [DataRow("429 Too Many Requests", "Retry-After: 1\r\n")]
    [DataRow("500 Oops", "")]
    [DataRow("503 Service Unavailable", "")]
    public void The_longer_it_took_to_fail_the_further_the_boards_part(string status, string header)
    {
        const int Boards = 200;
        int[] perThreeSeconds = new int[8];
        for (int seed = 0; seed < Boards; seed++)
        {
            NodeHarness node = new NodeHarness();
            node.Boot(NodeHarness.NewSettings(), seed);
            node.Server.Delay = 7000;
            node.Server.Everything = Replies.Failure(status, "Busy", "m", "{}", header);
            node.Node.Step();
            long start = node.Clock.Milliseconds;
            node.RunToNextRequest();
            long wait = node.Server.Last.At - start;
            Assert.IsTrue(wait <= 22200, wait.ToString());
            perThreeSeconds[wait / 3000]++;
        }

        for (int i = 0; i < 7; i++)
        {
            // 29 each on average.
            Assert.IsTrue(perThreeSeconds[i] > 8 && perThreeSeconds[i] < 55, i.ToString() + ": " + perThreeSeconds[i].ToString());
        }
    }

    [TestMethod]
    public void Boards_that_are_asked_to_wait_for_the_same_time_part()
    {
        long earliest = long.MaxValue;
        long latest = 0;
        for (int seed = 0; seed < 50; seed++)
        {
            NodeHarness node = new NodeHarness();
            node.Boot(NodeHarness.NewSettings(), seed);
            node.Server.Everything = Replies.Failure("429 Too Many Requests", "TooManyRequests", "m", "{}", "Retry-After: 1\r\n");
            node.Run(60000);
            node.RunToNextRequest();
            long since = node.Server.Last.At - node.Server.Get(node.Server.Count - 2).At;
            Assert.IsTrue(since >= 1000);
            earliest = since < earliest ? since : earliest;
            latest = since > latest ? since : latest;
        }

        Assert.IsTrue(latest - earliest > 5000, (latest - earliest).ToString());
    }

    [TestMethod]
    public void A_device_with_no_heap_left_says_so_before_its_first_heartbeat()
    {
        NodeHarness node = new NodeHarness();
        node.Source.HasTime = false;
        node.Run(10000);
        Assert.IsTrue(node.Node.IsHealthy);

        node.Board.FreeHeap = 100;
        Assert.IsFalse(node.Node.IsHealthy);
        node.Run(60000);
        Assert.IsFalse(node.Node.IsHealthy);
        node.Board.FreeHeap = 40000;
        Assert.IsTrue(node.Node.IsHealthy);
    }
}
