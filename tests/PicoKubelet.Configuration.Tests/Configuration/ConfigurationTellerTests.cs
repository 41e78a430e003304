using PicoKubelet.Logging;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;
using nanoFramework.TestFramework;
using static PicoKubelet.Tests.Configuration.ConfigMapTexts;

namespace PicoKubelet.Tests.Configuration;

/// <summary>What the cluster is told of a ConfigMap.</summary>
[TestClass]
public class ConfigurationTellerTests
{
    private const int PollTime = 31200;

    [TestMethod]
    public void All_keys_are_in_force_at_once_and_reported()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("317", "\"heartbeat.leaseSeconds\":\"2\",\"log.level\":\"debug\",\"node.labels\":\"room=kitchen\\nfloor=1\","
            + "\"node.annotations\":\"note=hi\",\"memory_values\":\"0=0x42\",\"gpio\":\"2=out:high\",\"led\":\"blink:500\",\"metrics.enabled\":\"false\"");
        node.Run(3000);
        Assert.AreEqual("led 500;pin 2 high;", node.Outputs.Text);
        Assert.AreEqual(0x42, (int)node.Cells[0]);
        Assert.AreEqual((int)LogLevel.Debug, (int)node.Logger.Level);
        Assert.AreEqual(2000, node.Configuration.Configuration.LeaseMilliseconds);
        Assert.IsFalse(node.Configuration.Configuration.IsMetricsEnabled);
        RecordedRequest patch = node.Server.LastOf("labels");
        Assert.AreEqual("/api/v1/nodes/pico-node-1", patch.Path);
        Assert.AreEqual("application/merge-patch+json", patch.ContentType);
        Assert.AreEqual(
            "{\"metadata\":{\"labels\":{\"room\":\"kitchen\",\"floor\":\"1\"},\"annotations\":{\"note\":\"hi\",\"picokubelet.io/config-resource-version\":\"317\","
            + "\"picokubelet.io/owned-labels\":\"room,floor\",\"picokubelet.io/owned-annotations\":\"note\"}}}",
            patch.Body);
        Assert.AreEqual(1, node.Server.CountOf("create-event"));
        Assert.Contains("\"type\":\"Normal\",\"reason\":\"ConfigurationApplied\"", node.Server.LastOf("create-event").Body);

        int from = node.Server.Count;
        node.Run(20000);
        int leases = node.Server.CountOf("lease", from);
        Assert.IsTrue(leases >= 9 && leases <= 10, leases.ToString());
    }

    [TestMethod]
    public void A_bad_value_is_reported_and_changes_nothing_else()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"heartbeat.leaseSeconds\":\"5\",\"led\":\"on\"");
        node.Run(5000);
        int from = node.Server.Count;
        node.Server.ConfigMap = Map("2", "\"heartbeat.leaseSeconds\":\"soon\",\"led\":\"on\",\"memory_values\":\"1=1\"");
        node.Run(PollTime);

        string rule = "heartbeat.leaseSeconds: \\\"soon\\\" must be a whole number from 1 to 20";
        Assert.Contains("\"status\":\"False\"", ConditionOf(node));
        Assert.Contains("\"reason\":\"InvalidValue\",\"message\":\"" + rule + "\"", ConditionOf(node));
        Assert.Contains("{\"type\":\"Ready\",\"status\":\"True\"", node.Server.LastOf("status").Body);
        Assert.AreEqual(5000, node.Configuration.Configuration.LeaseMilliseconds);
        Assert.AreEqual(1, (int)node.Cells[1]);
        Assert.AreEqual("led 0;", node.Outputs.Text);
        Assert.Contains("\"type\":\"Warning\",\"reason\":\"ConfigurationRejected\",\"message\":\"" + rule, node.Server.LastOf("create-event").Body);
        Assert.Contains("\"picokubelet.io/config-resource-version\":\"2\"", node.Server.LastOf("labels").Body);

        // The same mistake once more raises the count.
        node.Server.ConfigMap = Map("3", "\"heartbeat.leaseSeconds\":\"soon\",\"led\":\"on\"");
        node.Run(PollTime);
        Assert.AreEqual(1, node.Server.CountOf("create-event", from));
        Assert.AreEqual(1, node.Server.CountOf("raise-event", from));
        Assert.Contains("\"count\":2", node.Server.LastOf("raise-event").Body);

        node.Server.ConfigMap = Map("4", "\"heartbeat.leaseSeconds\":\"6\",\"x\":\"y\"");
        node.Run(PollTime);
        Assert.Contains("\"reason\":\"UnknownKey\",\"message\":\"x: is not a known key\"", ConditionOf(node));
        Assert.AreEqual(6000, node.Configuration.Configuration.LeaseMilliseconds);
    }

    [TestMethod]
    public void Another_reason_or_message_moves_no_time_of_transition()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"led\":\"maybe\"");
        node.Run(5000);
        Assert.Contains("\"reason\":\"InvalidValue\"", ConditionOf(node));
        string since = TransitionOf(node);

        node.Server.ConfigMap = Map("2", "\"x\":\"y\"");
        node.Run(PollTime);
        Assert.Contains("\"status\":\"False\"", ConditionOf(node));
        Assert.Contains("\"reason\":\"UnknownKey\",\"message\":\"x: is not a known key\"", ConditionOf(node));
        Assert.AreEqual(since, TransitionOf(node));

        node.Server.ConfigMap = Map("3", "\"z\":\"y\"");
        node.Run(PollTime);
        Assert.Contains("\"message\":\"z: is not a known key\"", ConditionOf(node));
        Assert.AreEqual(since, TransitionOf(node));

        node.Server.ConfigMap = Map("4", "\"led\":\"on\"");
        node.Run(PollTime);
        Assert.Contains("\"status\":\"True\"", ConditionOf(node));
        Assert.IsTrue(string.Compare(TransitionOf(node), since) > 0);
    }

    [TestMethod]
    public void Events_that_the_API_server_does_not_want_are_dropped()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.Answer("create-event", Replies.Failure("403 Forbidden", "Forbidden", "no"));
        node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        node.Run(60000);
        Assert.AreEqual(1, node.Server.CountOf("create-event"));
        Assert.IsTrue(node.State.IsReady);
    }

    [TestMethod]
    public void A_whole_status_with_the_longest_message_fits_a_request()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        string data = "";
        for (int i = 0; i < 40; i++)
        {
            data += "\"a-key-that-nobody-knows-and-that-is-too-long-to-be-told-whole-so-it-is-cut-" + i.ToString() + "\":\"x\",";
        }

        node.Server.ConfigMap = Map("1", data + "\"led\":\"" + new string('\\', 60) + "\"");
        node.Run(5000);
        node.Network.Address = "192.168.100.200";
        node.Run(12000);
        Assert.Contains("192.168.100.200", node.Server.LastOf("status").Body);
        Assert.Contains("\"reason\":\"InvalidValue\"", ConditionOf(node));
        Assert.IsNull(node.State.LastError);
    }

    [TestMethod]
    public void A_key_in_binaryData_is_named_like_an_unknown_one()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"pico-node-1\",\"resourceVersion\":\"1\"},\"binaryData\":{\"led\":\"//5v\"}}";
        node.Run(3000);

        Assert.Contains("\"reason\":\"UnknownKey\",\"message\":\"led: is in binaryData, which is not read: save the file as UTF-8\"", ConditionOf(node));
    }
}
