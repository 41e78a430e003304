using nanoFramework.TestFramework;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Node;

/// <summary>Duties that are added to the node's loop.</summary>
[TestClass]
public class NodeDutyTests
{
    private const int Minute = 60 * 1000;

    [TestMethod]
    public void Those_that_are_always_due_take_turns_and_delay_no_heartbeat()
    {
        NodeHarness node = new NodeHarness();
        GreedyDuty[] greedy = { new GreedyDuty(node, 300), new GreedyDuty(node, 300), new GreedyDuty(node, 300) };
        foreach (GreedyDuty duty in greedy)
        {
            node.Node.Add(duty);
        }

        Run(node, Minute);
        int from = node.Server.Count;
        long last = node.Server.LastOf("lease").At;
        Run(node, 5 * Minute);

        for (int i = from; i < node.Server.Count; i++)
        {
            RecordedRequest request = node.Server.Get(i);
            if (request.Kind == "lease")
            {
                long interval = request.At - last;
                Assert.IsTrue(interval <= 10400 + 300, interval.ToString());
                last = request.At;
            }
        }

        Assert.IsTrue(greedy[0].Turns > 300, greedy[0].Turns.ToString());
        Assert.IsTrue(greedy[0].Turns - greedy[1].Turns <= 1 && greedy[1].Turns - greedy[2].Turns <= 1);
        Assert.IsTrue(greedy[2].Turns - greedy[0].Turns <= 1);
        Assert.AreEqual(0L, node.State.HeartbeatsFailed);
    }

    [TestMethod]
    public void What_needs_a_node_in_order_waits_for_it_and_observes_all_the_same()
    {
        NodeHarness node = new NodeHarness();
        GreedyDuty duty = new GreedyDuty(node, 1000);
        node.Node.Add(duty);
        node.Server.IsDown = true;
        node.Run(Minute);
        Assert.AreEqual(0, duty.Turns);
        Assert.IsTrue(duty.Observations > 10);

        node.Server.IsDown = false;
        node.Run(Minute);
        Assert.IsTrue(duty.Turns > 10);

        node.Network.Address = null;
        node.Run(1500);
        int turns = duty.Turns;
        node.Run(Minute);
        Assert.AreEqual(turns, duty.Turns);
    }

    [TestMethod]
    public void News_are_told_at_once()
    {
        NodeHarness node = NodeHarness.Registered();
        GreedyDuty duty = new GreedyDuty(node, 10) { Needs = NodeStage.InOrder };
        node.Node.Add(duty);
        int from = node.Server.Count;
        duty.HasNews = true;
        node.Node.Step();

        Assert.AreEqual("status lease", node.Server.Kinds(from));
    }

    /// <summary>Lets the loop run where it never waits: what is done takes the time.</summary>
    private static void Run(NodeHarness node, long milliseconds)
    {
        long end = node.Clock.Milliseconds + milliseconds;
        while (node.Clock.Milliseconds < end)
        {
            node.Clock.Advance(node.Node.Step());
        }
    }
}
