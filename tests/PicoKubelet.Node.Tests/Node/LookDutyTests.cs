using nanoFramework.TestFramework;
using PicoKubelet.Tests.Api;

namespace PicoKubelet.Tests.Node;

/// <summary>When the Node is looked at.</summary>
[TestClass]
public class LookDutyTests
{
    private const int Minute = 60 * 1000;
    private const int Bound = 15000;

    [TestMethod]
    [DataRow(900, 13000, 13000 + 520 + 900)]
    [DataRow(2000, 13000 + 20000, 13000 + 520 + 20000 + 2000)]
    public void A_slow_API_server_is_looked_at_less_often(int delay, int shortest, int longest)
    {
        NodeHarness node = NodeHarness.Registered();
        node.RunToLook(Bound);
        node.Server.Delay = delay;
        node.RunToLook(Bound);
        long before = node.Clock.Milliseconds;
        node.RunToLook(Minute);
        long interval = node.Clock.Milliseconds - before;

        // A heartbeat may be under way when the look is due.
        Assert.IsTrue(interval >= shortest && interval <= longest + (2 * delay), interval.ToString());
    }

    [TestMethod]
    public void A_look_that_fails_is_no_heartbeat_that_fails()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.Answer("look", Replies.Failure("403 Forbidden", "Forbidden", "no"));
        node.Run(5 * Minute);
        Assert.AreEqual(0L, node.State.HeartbeatsFailed);
        Assert.IsNull(node.State.LastError);
        Assert.IsTrue(node.State.IsRegistered);
    }

    [TestMethod]
    public void A_sick_device_does_not_look()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Board.FreeHeap = 3000;
        node.Run(11000);
        int looks = node.Server.Looks;
        node.Run(5 * Minute);
        Assert.AreEqual(looks, node.Server.Looks);
    }
}
