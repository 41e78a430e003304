using PicoKubelet.Tests.Node;
using nanoFramework.TestFramework;
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
}
