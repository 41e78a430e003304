using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Node;
using nanoFramework.TestFramework;
using static PicoKubelet.Tests.Configuration.ConfigMapTexts;

namespace PicoKubelet.Tests.Configuration;

/// <summary>The labels and annotations that a ConfigMap puts on the Node.</summary>
[TestClass]
public class NodeMetadataTests
{
    private const int PollTime = 31200;

    [TestMethod]
    public void What_leaves_the_ConfigMap_leaves_the_Node()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"node.labels\":\"room=kitchen\\nfloor=1\",\"node.annotations\":\"note=hi\"");
        node.Run(5000);
        node.Server.ConfigMap = Map("2", "\"node.labels\":\"floor=2\"");
        node.Run(PollTime);
        Assert.AreEqual(
            "{\"metadata\":{\"labels\":{\"floor\":\"2\",\"room\":null},\"annotations\":{\"note\":null,\"picokubelet.io/config-resource-version\":\"2\","
            + "\"picokubelet.io/owned-labels\":\"floor\",\"picokubelet.io/owned-annotations\":null}}}",
            node.Server.LastOf("labels").Body);

        node.Server.ConfigMap = null;
        node.Run(PollTime);
        Assert.AreEqual(
            "{\"metadata\":{\"labels\":{\"floor\":null},\"annotations\":{\"picokubelet.io/config-resource-version\":null,"
            + "\"picokubelet.io/owned-labels\":null,\"picokubelet.io/owned-annotations\":null}}}",
            node.Server.LastOf("labels").Body);
        Assert.Contains("is gone; the defaults are in force", node.Server.LastOf("create-event").Body);
        int from = node.Server.Count;
        node.Run(3 * PollTime);
        Assert.AreEqual(0, node.Server.CountOf("labels", from));
        Assert.AreEqual(0, node.Server.CountOf("raise-event", from));
    }

    [TestMethod]
    public void The_Node_remembers_across_a_reboot_what_is_ours()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.Uid = "uid-9";
        node.Server.Metadata = ",\"annotations\":{\"picokubelet.io/owned-labels\":\"room,floor,kubernetes.io/os,picokubelet.io/board,not a key\",\"picokubelet.io/config-resource-version\":\"1\"}";
        node.Server.ConfigMap = Map("2", "\"node.labels\":\"floor=1\"");
        node.Run(5000);
        string patch = node.Server.LastOf("labels").Body;
        Assert.Contains("\"labels\":{\"floor\":\"1\",\"room\":null}", patch);
    }

    [TestMethod]
    public void A_Node_that_is_registered_again_gets_its_labels_again()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"node.labels\":\"room=kitchen\"");
        node.Run(5000);
        int from = node.Server.Count;
        node.Server.Uid = null;
        node.Server.HasLease = false;
        node.Run(12000);
        Assert.AreEqual(1, node.Server.CountOf("create", from));
        Assert.Contains("\"room\":\"kitchen\"", node.Server.LastOf("labels").Body);
        Assert.AreEqual(0, node.Server.CountOf("create-event", from));
    }

    [TestMethod]
    public void A_report_that_fails_is_sent_again()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.Answer("labels", Replies.Failure("500 Oops", "InternalError", "m"));
        node.Server.ConfigMap = Map("1", "\"node.labels\":\"room=kitchen\"");
        node.Run(30000);
        int attempts = node.Server.CountOf("labels");
        Assert.IsTrue(attempts >= 3 && attempts <= 8, attempts.ToString());
        Assert.AreEqual(1, node.Server.CountOf("create-event"));
        node.Server.Answer("labels", null);
        node.Run(60000);
        Assert.AreEqual(attempts + 1, node.Server.CountOf("labels"));
        Assert.AreEqual(1, node.Server.CountOf("create-event"));
    }

    [TestMethod]
    public void What_is_refused_of_the_metadata_does_not_hold_up_the_Event()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"node.labels\":\"room=kitchen\"");
        node.Server.Answer("labels", Replies.Failure("422 Unprocessable Entity", "Invalid", "webhook says no"));
        int from = node.Server.Count;
        node.Run(3600 * 1000);

        Assert.AreEqual(2, node.Server.CountOf("create-event", from));
        string body = node.Server.LastOf("create-event").Body;
        Assert.Contains("\"reason\":\"ConfigurationNotReported\",\"message\":\"what the ConfigMap puts on the Node is refused: 422 Invalid: webhook says no\"", body);
        int patches = node.Server.CountOf("labels", from);
        Assert.IsTrue(patches > 10 && patches < 30, patches.ToString());
        Assert.AreEqual(1, node.Log.CountOf("level=warning msg=\"configuration not reported\" error=\"422 Invalid: webhook says no\""));

        node.Server.Answer("labels", null);
        node.Run(301 * 1000);
        Assert.Contains("\"room\":\"kitchen\"", node.Server.LastOf("labels").Body);
    }

    [TestMethod]
    public void What_somebody_else_changed_of_the_configurations_labels_is_set_right()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.Version = 100;
        node.Server.ConfigMap = Map("1", "\"node.labels\":\"room=kitchen\",\"node.annotations\":\"note=hi\"");
        node.Run(5000);
        string own = node.Server.LastOf("create").Body;
        int labels = own.IndexOf("\"labels\":{");
        own = own.Substring(labels, own.IndexOf("}", labels) - labels);
        string annotations = "},\"annotations\":{\"note\":\"hi\",\"picokubelet.io/config-resource-version\":\"1\","
            + "\"picokubelet.io/owned-labels\":\"room\",\"picokubelet.io/owned-annotations\":\"note\"}";
        int from = node.Server.Count;
        string[] changed =
        {
            "," + own + ",\"room\":\"kitchen\",\"beta\":\"x\"" + annotations,
            "," + own + ",\"room\":\"hall\"" + annotations,
            "," + own + annotations,
            "," + own + ",\"room\":\"kitchen\"}",
        };
        for (int i = 0; i < changed.Length; i++)
        {
            int patches = node.Server.CountOf("labels", from);
            node.Server.Metadata = changed[i];
            node.Server.Version++;
            node.RunToLook(15000);
            Assert.AreEqual(i == 0 ? 0 : 1, node.Server.CountOf("labels", from) - patches, i.ToString());
            node.Server.Metadata = changed[0];
        }

        Assert.Contains("\"room\":\"kitchen\"", node.Server.LastOf("labels").Body);
        Assert.AreEqual(0, node.Server.CountOf("create-event", from));
    }
}
