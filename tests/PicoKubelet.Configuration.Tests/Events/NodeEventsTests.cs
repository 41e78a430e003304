using nanoFramework.TestFramework;
using PicoKubelet.Node.Duties;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Node;
using static PicoKubelet.Tests.Configuration.ConfigMapTexts;

namespace PicoKubelet.Tests.Events;

/// <summary>Events about the Node itself.</summary>
[TestClass]
public class NodeEventsTests
{
    [TestMethod]
    public void Another_board_of_the_same_name_is_an_Event()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.Version = 100;
        node.Run(5000);
        for (int i = 0; i < 3; i++)
        {
            node.Server.Status = "{\"nodeInfo\":{\"machineID\":\"0000000000000000000028cdc1ffffff\",\"bootID\":\"b\"}}";
            node.Server.Version++;
            node.Run(62000);
        }

        Assert.AreEqual(1, node.Server.CountOf("create-event"));
        Assert.AreEqual(0, node.Server.CountOf("raise-event"));
        Assert.Contains(
            "\"type\":\"Warning\",\"reason\":\"NodeNameTaken\",\"message\":\"another board has the name pico-node-1: machine ID 0000000000000000000028cdc1ffffff, boot ID b\"",
            node.Server.LastOf("create-event").Body);
    }

    [TestMethod]
    public void A_port_that_can_not_be_opened_becomes_an_Event()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.State.PortFailure = "port 10250 can not be opened: address in use";
        node.Run(60000);

        Assert.AreEqual(1, node.Server.CountOf("create-event"));
        Assert.Contains("\"type\":\"Warning\",\"reason\":\"KubeletPortFailed\",\"message\":\"port 10250 can not be opened: address in use\"", node.Server.LastOf("create-event").Body);
        node.State.PortFailure = null;
        node.Run(60000);
        Assert.AreEqual(1, node.Server.CountOf("create-event") + node.Server.CountOf("raise-event"));
    }

    [TestMethod]
    public void A_silence_in_which_the_cluster_lost_the_node_is_explained_afterwards()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Run(60000);
        node.Server.IsDown = true;
        node.Run(90000);
        node.Server.IsDown = false;
        node.Run(30000);

        Assert.AreEqual(1, node.Server.CountOf("create-event"));
        string body = node.Server.LastOf("create-event").Body;
        Assert.Contains("\"type\":\"Warning\",\"reason\":\"HeartbeatsMissed\",\"message\":\"no heartbeat for ", body);
        Assert.IsTrue(SecondsIn(body) >= 85 && SecondsIn(body) <= 110, body);
        Assert.DoesNotContains("no network", body);
        Assert.Contains(" s, ", body);

        node.Run(120000);
        Assert.AreEqual(1, node.Server.CountOf("create-event") + node.Server.CountOf("raise-event"));
    }

    [TestMethod]
    public void A_silence_for_want_of_a_network_names_it()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Run(60000);
        string address = node.Network.Address;
        node.Network.Address = null;
        node.Run(90000);
        node.Network.Address = address;
        node.Run(60000);

        Assert.AreEqual(1, node.Server.CountOf("create-event"));
        string body = node.Server.LastOf("create-event").Body;
        Assert.Contains("\"reason\":\"HeartbeatsMissed\",\"message\":\"no heartbeat for ", body);
        Assert.Contains(" s, no network for ", body);
    }

    [TestMethod]
    public void A_short_silence_is_none()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Run(60000);
        node.Server.IsDown = true;
        node.Run(20000);
        node.Server.IsDown = false;
        node.Run(60000);

        Assert.AreEqual(0, node.Server.CountOf("create-event"));
    }

    [TestMethod]
    public void A_board_without_memory_says_that_it_held_its_heartbeats_back()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Run(60000);
        long free = node.Board.FreeHeap;
        node.Board.FreeHeap = 100;
        node.Run(90000);
        node.Board.FreeHeap = free;
        node.Run(60000);

        Assert.AreEqual(1, node.Server.CountOf("create-event"));
        Assert.Contains(" s, held back: the managed heap was nearly exhausted\"", node.Server.LastOf("create-event").Body);
    }

    [TestMethod]
    public void A_reboot_that_is_due_and_waits_is_an_Event()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        Rebooter rebooter = new Rebooter(node.Board, node.Clock, node.Record, node.Logger);
        node.Node.Add(new RebootDuty(rebooter, node.Events));
        node.Run(60000);
        Assert.AreEqual(0, node.Server.CountOf("create-event"));

        rebooter.TryReboot("loop configmap watch is stuck");
        node.Run(5000);
        rebooter.TryReboot("loop configmap watch is stuck");
        node.Run(5000);

        Assert.AreEqual(0, node.Board.Reboots);
        Assert.AreEqual(1, node.Server.CountOf("create-event"));
        Assert.Contains("\"type\":\"Warning\",\"reason\":\"RebootDue\",\"message\":\"a reboot is due, and waits: loop configmap watch is stuck\"", node.Server.LastOf("create-event").Body);
        rebooter.NoteHealthy();
        Assert.IsNull(rebooter.DueReason);
    }

    private static int SecondsIn(string body)
    {
        int start = body.IndexOf("no heartbeat for ") + "no heartbeat for ".Length;
        return int.Parse(body.Substring(start, body.IndexOf(" s", start) - start));
    }
}
