using System;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;
using nanoFramework.TestFramework;
using static PicoKubelet.Tests.Configuration.ConfigMapTexts;

namespace PicoKubelet.Tests.Configuration;

/// <summary>What is put in force, and what could not be.</summary>
[TestClass]
public class ConfigurationInForceTests
{
    private const int PollTime = 31200;

    [TestMethod]
    public void The_stored_configuration_is_in_force_before_there_is_a_network()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"led\":\"on\",\"memory_values\":\"3=3\",\"node.labels\":\"room=kitchen\"");
        node.Run(5000);
        Assert.AreEqual("config.json", node.Storage.FileName);

        node.Network.Address = null;
        int from = node.Server.Count;
        node.Boot(NodeHarness.NewSettings(), 2);
        node.Run(10000);
        Assert.AreEqual(from, node.Server.Count);
        Assert.AreEqual("led 0;", node.Outputs.Text);
        Assert.AreEqual(3, (int)node.Cells[3]);
        Assert.AreEqual("Stored", node.Configuration.State.Reason);

        node.Storage.File = new FakeStoredFile(node.Storage.Written);
        node.Server.ConfigMap = null;
        node.Network.AddressOnConnect = "10.0.0.7";
        node.Run(10000);
        Assert.AreEqual("led 0;led -2;", node.Outputs.Text);
        node.Run(60000);
        Assert.IsNull(node.Storage.Written);
    }

    [TestMethod]
    public void Pins_that_leave_the_ConfigMap_are_set_low()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"gpio\":\"2=out:high\\n3=out:low\\n40=out:high\"");
        node.Run(3000);
        node.Server.ConfigMap = Map("2", "\"gpio\":\"3=out:high\\n40=out:high\"");
        node.Run(PollTime);
        Assert.AreEqual("pin 2 high;pin 3 low;pin 40 high;pin 2 low;pin 3 high;", node.Outputs.Text);
    }

    [TestMethod]
    public void What_could_not_be_put_in_force_is_reported_and_tried_again_with_the_next_look()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Outputs.Fails = "pin 2";
        node.Server.ConfigMap = Map("7", "\"gpio\":\"2=out:high\\n3=out:high\",\"memory_values\":\"1=1\",\"led\":\"on\",\"x\":\"y\"");
        node.Run(3000);

        string failure = "gpio: could not be put in force: pin 2 does not answer";
        Assert.AreEqual("led 0;pin 3 high;", node.Outputs.Text);
        Assert.AreEqual(1, (int)node.Cells[1]);
        Assert.Contains("\"status\":\"False\"", ConditionOf(node));
        Assert.Contains("\"reason\":\"ApplyFailed\",\"message\":\"x: is not a known key; " + failure + "\"", ConditionOf(node));
        Assert.IsNull(node.Configuration.State.AppliedVersion);
        Assert.Contains("\"reason\":\"ConfigurationRejected\",\"message\":\"x: is not a known key; " + failure, node.Server.LastOf("create-event").Body);
        node.Run(3 * PollTime);
        Assert.AreEqual(1, node.Log.CountOf(failure));
        Assert.AreEqual(1, node.Server.CountOf("create-event") + node.Server.CountOf("raise-event"));

        node.Outputs.Fails = null;
        node.Run(PollTime);
        Assert.AreEqual("led 0;pin 3 high;pin 2 high;", node.Outputs.Text);
        Assert.Contains("\"reason\":\"UnknownKey\"", ConditionOf(node));
        Assert.AreEqual("7", node.Configuration.State.AppliedVersion);
        Assert.Contains("\"picokubelet.io/config-resource-version\":\"7\"", node.Server.LastOf("labels").Body);

        int from = node.Server.Count;
        node.Run(2 * PollTime);
        Assert.AreEqual(0, node.Server.CountOf("configmap", from));
    }

    [TestMethod]
    public void What_is_wired_is_given_up_before_pins_are_written_and_used_after_them()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        RecordingWired wired = new RecordingWired(node.Outputs);
        node.Configuration.Wired = wired;
        node.Server.ConfigMap = Map("1", "\"inputs\":\"door=2\\nbell=3 event\",\"gpio\":\"4=out:high\"");
        node.Run(3000);
        Assert.AreEqual("keep 2;pin 4 high;use door;use bell;", node.Outputs.Text);

        // Another line leaves alone what is in use already: whoever makes use of it knows.
        node.Server.ConfigMap = Map("2", "\"inputs\":\"bell=3 event\",\"gpio\":\"2=out:high\"");
        node.Run(PollTime);
        Assert.EndsWith("keep 1;pin 2 high;pin 4 low;use bell;", node.Outputs.Text);
    }

    [TestMethod]
    public void What_can_not_be_used_is_reported_with_its_name_and_tried_again()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        RecordingWired wired = new RecordingWired(node.Outputs);
        node.Configuration.Wired = wired;
        node.Outputs.Fails = "use door";
        node.Server.ConfigMap = Map("7", "\"inputs\":\"door=2\\nbell=3\",\"memory_values\":\"1=1\"");
        node.Run(3000);
        Assert.AreEqual("keep 2;use bell;", node.Outputs.Text);
        Assert.AreEqual(1, (int)node.Cells[1]);
        Assert.Contains("\"reason\":\"ApplyFailed\",\"message\":\"inputs: could not be put in force: door does not answer\"", ConditionOf(node));
        Assert.IsNull(node.Configuration.State.AppliedVersion);

        node.Outputs.Fails = null;
        node.Run(PollTime);
        Assert.Contains("use door;", node.Outputs.Text);
        Assert.AreEqual("7", node.Configuration.State.AppliedVersion);
        Assert.Contains("\"reason\":\"Applied\"", ConditionOf(node));
    }

    [TestMethod]
    public void What_threw_is_not_taken_for_what_was_there_before()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"led\":\"on\",\"gpio\":\"2=out:high\"");
        node.Run(3000);
        node.Outputs.Fails = "";
        node.Server.ConfigMap = Map("2", "\"led\":\"off\",\"gpio\":\"2=out:low\"");
        node.Run(PollTime);
        Assert.Contains("\"reason\":\"ApplyFailed\"", ConditionOf(node));

        // It may have happened all the same.
        node.Outputs.Fails = null;
        node.Server.ConfigMap = Map("3", "\"led\":\"on\",\"gpio\":\"2=out:high\"");
        node.Run(PollTime);
        Assert.EndsWith("led 0;pin 2 high;", node.Outputs.Text);
        Assert.Contains("\"reason\":\"Applied\"", ConditionOf(node));
    }

    [TestMethod]
    public void An_exception_while_a_ConfigMap_is_applied_does_not_lose_it()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Run(3000);
        node.Outputs.Fails = "led";
        node.Outputs.Failure = new OutOfMemoryException();
        node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        Loop loop = new Loop("node", node.Node, node.Clock, node.Logger, new Random(1));
        while (loop.Failures == 0)
        {
            node.Clock.Advance(loop.Step());
        }

        Assert.AreNotEqual("1", node.Configuration.State.AppliedVersion);
        node.Outputs.Fails = null;
        node.Run(PollTime);

        Assert.EndsWith("led 0;", node.Outputs.Text);
        Assert.AreEqual("1", node.Configuration.State.AppliedVersion);
    }

    [TestMethod]
    public void Defaults_that_could_not_be_put_in_force_are_tried_again()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"gpio\":\"2=out:high\"");
        node.Run(3000);
        node.Outputs.Fails = "pin 2";
        node.Server.ConfigMap = null;
        node.Run(PollTime);
        Assert.Contains("\"reason\":\"ApplyFailed\"", ConditionOf(node));

        node.Outputs.Fails = null;
        node.Run(PollTime);
        Assert.AreEqual("pin 2 high;pin 2 low;", node.Outputs.Text);
        Assert.Contains("\"reason\":\"Defaults\"", ConditionOf(node));
    }

    [TestMethod]
    public void Of_the_stored_configuration_what_threw_is_tried_again_without_a_network()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"led\":\"on\",\"gpio\":\"2=out:high\"");
        node.Run(5000);
        node.Network.Address = null;
        node.OutputsFail = "pin 2";
        node.Boot(NodeHarness.NewSettings(), 2);
        Assert.AreEqual("ApplyFailed", node.Configuration.State.Reason);
        Assert.AreEqual("led 0;", node.Outputs.Text);

        node.Outputs.Fails = null;
        node.Run(PollTime);
        Assert.AreEqual("led 0;pin 2 high;", node.Outputs.Text);
    }
}
