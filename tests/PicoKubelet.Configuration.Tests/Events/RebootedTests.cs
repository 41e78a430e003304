using nanoFramework.TestFramework;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Events;

/// <summary>What the cluster is told of a reboot.</summary>
[TestClass]
public class RebootedTests
{
    private const string Earlier = "{\"nodeInfo\":{\"machineID\":\"x\",\"bootID\":\"00000001-0000-8000-8000-000000000000\"}}";

    [TestMethod]
    public void A_Node_of_another_boot_has_been_rebooted()
    {
        NodeHarness node = Found(Earlier);
        node.Run(5000);
        Assert.AreEqual(1, node.Server.CountOf("create-event"));
        string body = node.Server.LastOf("create-event").Body;
        Assert.Contains("\"type\":\"Warning\",\"reason\":\"Rebooted\",\"message\":\"Node pico-node-1 has been rebooted, boot id: " + node.Description.BootId + ", reason: power on or reset\"", body);
        Assert.Contains("\"involvedObject\":{\"kind\":\"Node\",\"name\":\"pico-node-1\"", body);
    }

    [TestMethod]
    public void The_reason_is_the_one_that_was_stored()
    {
        NodeHarness node = Found(Earlier);
        new Rebooter(node.Board, node.Clock, node.Record, node.Logger).Reboot("command");
        node.Boot(NodeHarness.NewSettings(), 2);
        node.Run(5000);
        Assert.Contains(", reason: command\"", node.Server.LastOf("create-event").Body);
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("{\"nodeInfo\":null}")]
    [DataRow("{\"nodeInfo\":{\"bootID\":\"\"}}")]
    [DataRow("{\"nodeInfo\":{\"bootID\":null}}")]
    public void A_Node_that_shows_no_boot_has_not(string status)
    {
        NodeHarness node = Found(status);
        node.Run(5000);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.AreEqual(0, node.Server.CountOf("create-event"));
    }

    [TestMethod]
    public void A_Node_that_is_created_has_not()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Run(5000);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.AreEqual(0, node.Server.CountOf("create-event"));
    }

    [TestMethod]
    public void It_is_told_once_though_the_registration_needs_two_attempts()
    {
        NodeHarness node = Found(Earlier);
        node.Server.Answer("status", Replies.Failure("500 Oops", "InternalError", "m"));
        node.Run(50);
        Assert.IsFalse(node.State.IsRegistered);

        // The status was stored all the same: the Node shows this boot now.
        node.Server.Status = "{\"nodeInfo\":{\"bootID\":\"" + node.Description.BootId + "\"}}";
        node.Server.Answer("status", null);
        node.Run(10000);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.AreEqual(1, node.Server.CountOf("create-event"));

        // Found again after a silence, it is the same boot.
        node.Server.IsDown = true;
        node.Run(60000);
        node.Server.IsDown = false;
        int from = node.Server.Count;
        node.Run(60000);
        Assert.IsTrue(node.Server.CountOf("get", from) > 0);
        Assert.AreEqual(1, node.Server.CountOf("create-event", from));
        Assert.Contains("\"reason\":\"HeartbeatsMissed\"", node.Server.LastOf("create-event").Body);
    }

    private static NodeHarness Found(string status)
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.Uid = "uid-7";
        node.Server.HasLease = true;
        node.Server.Status = status;
        return node;
    }
}
