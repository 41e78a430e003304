using nanoFramework.TestFramework;
using PicoKubelet.Outputs;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Node;

/// <summary>A Node that somebody else changes is made right again, and nobody else's part of it is touched.</summary>
[TestClass]
public class NodeLookTests
{
    private const int Minute = 60 * 1000;
    private const int Bound = 15000;

    [TestMethod]
    public void A_Node_that_nobody_changed_costs_its_metadata_now_and_then()
    {
        NodeHarness node = NodeHarness.Steady();
        int from = node.Server.Count;
        int looks = node.Server.Looks;
        node.Run(30 * Minute);

        looks = node.Server.Looks - looks;
        Assert.IsTrue(looks >= 120 && looks <= 139, looks.ToString());
        Assert.AreEqual(0, node.Server.CountOf("get", from));
        Assert.AreEqual(0, node.Server.CountOf("labels", from));
        Assert.AreEqual(0, node.Server.CountOf("taint", from));
    }

    [TestMethod]
    [DataRow("\"type\":\"Ready\",\"status\":\"True\"", "\"type\":\"Ready\",\"status\":\"Unknown\"", "status", "conditions")]
    [DataRow("\"type\":\"Ready\",\"status\":\"True\"", "\"type\":\"Other\",\"status\":\"True\"", "status", "conditions")]
    [DataRow("\"type\":\"PIDPressure\",\"status\":\"False\"", "\"type\":\"PIDPressure\",\"status\":\"True\"", "status", "conditions")]
    [DataRow("\"cpu\":\"1\"", "\"cpu\":\"16\"", "status", "addresses or capacity")]
    [DataRow("\"pods\":\"0\"", "\"pods\":\"110\"", "status", "addresses or capacity")]
    [DataRow("\"memory\":\"256Ki\"", "\"memory\":null", "status", "addresses or capacity")]
    [DataRow("\"address\":\"192.168.1.50\"", "\"address\":\"192.168.1.51\"", "status", "addresses or capacity")]
    [DataRow("\"type\":\"InternalIP\",\"address\":\"192.168.1.50\"},{", "", "status", "addresses or capacity")]
    [DataRow("\"Port\":10250", "\"Port\":10251", "status", "addresses or capacity")]
    [DataRow("\"picokubelet.io/board\":\"pico-w\"", "\"picokubelet.io/board\":\"pico-2-w\"", "labels", "labels")]
    [DataRow("\"kubernetes.io/os\":\"linux\",", "", "labels", "labels")]
    [DataRow("\"effect\":\"NoSchedule\"", "\"effect\":\"NoExecute\"", "taint", "taint")]
    [DataRow("\"key\":\"picokubelet.io/microcontroller\"", "\"key\":\"b\"", "taint", "taint")]
    public void What_of_it_is_ours_is_mended_within_15_s(string what, string by, string kind, string name)
    {
        NodeHarness node = NodeHarness.Steady();
        int from = node.Server.Count;
        string right = node.Server.Metadata + node.Server.Status + node.Server.Taints;
        node.Server.Metadata = Replace(node.Server.Metadata, what, by);
        node.Server.Status = Replace(node.Server.Status, what, by);
        node.Server.Taints = Replace(node.Server.Taints, what, by);
        Assert.IsFalse(right == node.Server.Metadata + node.Server.Status + node.Server.Taints);
        node.Server.Version++;
        node.RunToLook(Bound);

        Assert.AreEqual(1, node.Server.CountOf("get", from));
        Assert.AreEqual(kind == "status" ? 1 : 0, node.Server.CountOf("status", from));
        Assert.AreEqual(kind == "labels" ? 1 : 0, node.Server.CountOf("labels", from));
        Assert.AreEqual(kind == "taint" ? 1 : 0, node.Server.CountOf("taint", from));
        Assert.AreEqual(1, node.Log.CountOf("somebody else changed the Node; setting it right"));
        Assert.Contains(name, node.Log.Text.Substring(node.Log.Text.IndexOf("setting it right")));
        Assert.AreEqual(0L, node.State.HeartbeatsFailed);
        Assert.IsTrue(node.State.IsRegistered);
    }

    [TestMethod]
    public void A_status_that_is_mended_tells_when_it_changed()
    {
        NodeHarness node = NodeHarness.Steady();
        node.Server.Status = Replace(node.Server.Status, "\"type\":\"Ready\",\"status\":\"True\"", "\"type\":\"Ready\",\"status\":\"Unknown\"");
        node.Server.Version++;
        node.RunToLook(Bound);

        string body = node.Server.LastOf("status").Body;
        string ready = body.Substring(body.IndexOf("\"Ready\""));
        Assert.Contains("\"status\":\"True\"", ready);
        Assert.DoesNotContains("\"lastTransitionTime\":\"2026-01-23T10:30:00Z\"", ready);
        Assert.Contains("\"lastTransitionTime\":\"2026-01-23T10:30:00Z\"", body.Substring(0, body.IndexOf("\"Ready\"")));
        Assert.Contains("{\"$patch\":\"replace\"}", body);
    }

    [TestMethod]
    [DataRow("[]", "{\"op\":\"add\",\"path\":\"/spec/taints\",\"value\":[{T}]}")]
    [DataRow("[{\"key\":\"a\",\"effect\":\"NoExecute\"},{\"key\":\"b\"}]", "{\"op\":\"add\",\"path\":\"/spec/taints/-\",\"value\":{T}}")]
    [DataRow("[{\"key\":\"a\"},{\"effect\":\"NoSchedule\",\"key\":\"picokubelet.io/microcontroller\"}]", "{\"op\":\"replace\",\"path\":\"/spec/taints/1\",\"value\":{T}}")]
    public void The_taints_of_others_stay(string taints, string operation)
    {
        NodeHarness node = NodeHarness.Steady();
        node.Server.Taints = taints;
        node.Server.Version++;
        string version = node.Server.Version.ToString();
        node.Run(Bound);

        RecordedRequest request = node.Server.LastOf("taint");
        string expected = "[{\"op\":\"test\",\"path\":\"/metadata/resourceVersion\",\"value\":\"" + version + "\"},"
            + Replace(operation, "{T}", "{\"key\":\"picokubelet.io/microcontroller\",\"value\":\"true\",\"effect\":\"NoSchedule\"}") + "]";
        Assert.AreEqual("PATCH /api/v1/nodes/pico-node-1", request.Verb + " " + request.Path);
        Assert.AreEqual(expected, request.Body);
    }

    [TestMethod]
    public void A_taint_that_the_API_server_does_not_let_it_set_is_tried_once()
    {
        NodeHarness node = NodeHarness.Steady();
        node.Server.Answer("taint", Replies.Failure("403 Forbidden", "Forbidden", "is not allowed to modify taints"));
        node.Server.Taints = "[]";
        for (int i = 0; i < 10; i++)
        {
            node.Server.Version++;
            node.Run(Bound);
        }

        Assert.AreEqual(1, node.Server.CountOf("taint"));
        Assert.AreEqual(1, node.Log.CountOf("the Node's taint can not be set right"));
        Assert.IsNull(node.State.LastError);
    }

    [TestMethod]
    public void What_is_not_ours_costs_one_reading_a_look()
    {
        NodeHarness node = NodeHarness.Steady();
        int from = node.Server.Count;
        int looks = node.Server.Looks;
        for (int i = 0; i < 600; i++)
        {
            node.Server.Version++;
            node.Run(1000);
        }

        Assert.IsTrue(node.Server.CountOf("get", from) <= node.Server.Looks - looks);
        Assert.IsTrue(node.Server.Looks - looks <= 47);
        Assert.AreEqual(0, node.Server.CountOf("labels", from));
        Assert.AreEqual(0, node.Server.CountOf("taint", from));
        Assert.AreEqual(0, node.Log.CountOf("somebody else"));

        // Each report of the status meets another version, and counts all the same.
        Assert.AreEqual(0L, node.State.HeartbeatsFailed);
        Assert.IsTrue(node.Server.CountOf("status", from) >= 2);
    }

    [TestMethod]
    public void Somebody_who_does_not_give_up_is_told_of_once()
    {
        NodeHarness node = NodeHarness.Steady();
        int from = node.Server.Count;
        node.Server.Status = Replace(node.Server.Status, "\"pods\":\"0\"", "\"pods\":\"110\"");
        for (int i = 0; i < 600; i++)
        {
            node.Server.Version++;
            node.Run(1000);
        }

        int reports = node.Server.CountOf("status", from);
        Assert.IsTrue(reports > 40 && reports <= 54, reports.ToString());
        Assert.AreEqual(1, node.Log.CountOf("somebody else"));
    }

    [TestMethod]
    public void What_could_not_be_mended_is_tried_at_the_next_look()
    {
        NodeHarness node = NodeHarness.Steady();
        int from = node.Server.Count;
        node.Server.Metadata = Replace(node.Server.Metadata, "\"kubernetes.io/os\":\"linux\",", "");
        node.Server.Version++;
        node.Server.Answer("labels", Replies.Failure("500 Oops", "InternalError", "m"));
        node.RunToLook(Bound);
        node.Server.Answer("labels", null);
        node.RunToLook(Bound);

        Assert.AreEqual(2, node.Server.CountOf("labels", from));
        Assert.AreEqual(0L, node.State.HeartbeatsFailed);
    }

    [TestMethod]
    public void A_change_right_before_a_report_of_the_status_is_not_lost()
    {
        NodeHarness node = NodeHarness.Steady();
        node.RunToLook(Bound);
        int from = node.Server.Count;
        node.Server.Taints = "[]";
        node.Server.Version++;
        node.Network.Address = "192.168.1.51";
        node.Run(1500);
        Assert.StartsWith("status status lease", node.Server.Kinds(from));

        node.Run(Bound);
        Assert.AreEqual(1, node.Server.CountOf("taint", from));
    }

    [TestMethod]
    [DataRow(",\"managedFields\":[{\"manager\":\"picokubelet\",\"operation\":\"Update\",\"fieldsV1\":{\"operation\":{}}},{\"operation\":\"Update\"}]", 1)]
    [DataRow(",\"managedFields\":[{\"operation\":\"Update\"},{\"manager\":\"argocd\",\"operation\":\"Apply\"}]", 0)]
    [DataRow(",\"managedFields\":[]", 0)]
    [DataRow(",\"managedFields\":null", 0)]
    public void The_record_of_who_set_what_is_ended_once_where_nobody_uses_it(string managedFields, int patches)
    {
        NodeHarness node = new NodeHarness();
        node.Server.Version = 7;
        node.Server.Metadata = managedFields;
        node.Run(5 * Minute);

        int found = 0;
        for (int i = 0; i < node.Server.Count; i++)
        {
            RecordedRequest request = node.Server.Get(i);
            if (request.Kind == "labels" && request.Body.Contains("managedFields"))
            {
                found++;
                Assert.AreEqual("application/merge-patch+json", request.ContentType);
                Assert.AreEqual("{\"metadata\":{\"managedFields\":[{}]}}", request.Body);
            }
        }

        Assert.AreEqual(patches, found);
    }

    [TestMethod]
    public void Another_board_of_the_same_name_is_told_of_once()
    {
        NodeHarness node = NodeHarness.Steady();
        StatusLed led = new StatusLed();
        node.Node.StatusLed = led;
        string ours = node.Server.Status;
        string other = Replace(Replace(ours, node.Description.BootId, "00000001-0000-8000-8000-28cdc1ffffff"), node.Description.MachineId, "0000000000000000000028cdc1ffffff");
        int looks = node.Server.Looks;
        for (int i = 0; i < 10; i++)
        {
            // It reports its own status each minute, and this one makes it right again.
            node.Server.Status = other;
            node.Server.Version++;
            node.Run(Minute);
        }

        Assert.AreEqual(1, node.Log.CountOf("another board has the name pico-node-1: machine ID 0000000000000000000028cdc1ffffff, boot ID 00000001-0000-8000-8000-28cdc1ffffff"));
        Assert.AreEqual("name taken by another board", StatusLed.NameOf(led.Status));
        Assert.IsTrue(node.Node.IsNameTaken);
        looks = node.Server.Looks - looks;
        Assert.IsTrue(looks <= 13, looks.ToString());

        // Once the other one is gone, so is the word of it.
        node.Server.Status = ours;
        node.Run(5 * Minute);
        Assert.IsFalse(node.Node.IsNameTaken);
        Assert.AreEqual("ready", StatusLed.NameOf(led.Status));
    }

    private static string Replace(string text, string what, string by)
    {
        int at = text.IndexOf(what);
        return at < 0 ? text : text.Substring(0, at) + by + text.Substring(at + what.Length);
    }
}
