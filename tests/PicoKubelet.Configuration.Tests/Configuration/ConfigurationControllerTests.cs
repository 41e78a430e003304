using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Configuration;

[TestClass]
public class ConfigurationControllerTests
{
    private const int PollTime = 31200;

    private readonly NodeHarness _node = new NodeHarness(NodeHarness.NewSettings(), true);

    [TestMethod]
    public void Without_a_ConfigMap_the_defaults_are_in_force_and_one_that_appears_is_picked_up()
    {
        _node.Run(2000);
        Assert.AreEqual(1, _node.Server.CountOf("configmap"));
        Assert.AreEqual(0, _node.Server.CountOf("labels"));
        Assert.AreEqual(0, _node.Server.CountOf("create-event"));
        Assert.Contains("\"status\":\"True\"", ConditionOf(_node));
        Assert.Contains("there is no ConfigMap picokubelet/pico-node-1; the defaults are in force", ConditionOf(_node));

        _node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        _node.Run(PollTime);
        Assert.AreEqual("led 0;", _node.Outputs.Text);
        Assert.Contains("\"reason\":\"Applied\",\"message\":\"resourceVersion 1 of the ConfigMap picokubelet/pico-node-1 is in force\"", ConditionOf(_node));
        Assert.AreEqual("1", _node.Configuration.State.AppliedVersion);
    }

    [TestMethod]
    public void All_keys_are_in_force_at_once_and_reported()
    {
        _node.Server.ConfigMap = Map("317", "\"heartbeat.leaseSeconds\":\"2\",\"log.level\":\"debug\",\"node.labels\":\"room=kitchen\\nfloor=1\",\"node.annotations\":\"note=hi\",\"memory_values\":\"0=0x42\",\"gpio\":\"2=out:high\",\"led\":\"blink:500\",\"metrics.enabled\":\"false\"");
        _node.Run(3000);
        Assert.AreEqual("led 500;pin 2 high;", _node.Outputs.Text);
        Assert.AreEqual(0x42, (int)_node.Cells[0]);
        Assert.AreEqual((int)LogLevel.Debug, (int)_node.Logger.Level);
        Assert.AreEqual(2000, _node.Configuration.Configuration.LeaseMilliseconds);
        Assert.IsFalse(_node.Configuration.Configuration.IsMetricsEnabled);
        RecordedRequest patch = _node.Server.LastOf("labels");
        Assert.AreEqual("/api/v1/nodes/pico-node-1", patch.Path);
        Assert.AreEqual("application/merge-patch+json", patch.ContentType);
        Assert.AreEqual(
            "{\"metadata\":{\"labels\":{\"room\":\"kitchen\",\"floor\":\"1\"},\"annotations\":{\"note\":\"hi\",\"picokubelet.io/config-resource-version\":\"317\","
            + "\"picokubelet.io/owned-labels\":\"room,floor\",\"picokubelet.io/owned-annotations\":\"note\"}}}",
            patch.Body);
        Assert.AreEqual(1, _node.Server.CountOf("create-event"));
        Assert.Contains("\"type\":\"Normal\",\"reason\":\"ConfigurationApplied\"", _node.Server.LastOf("create-event").Body);

        int from = _node.Server.Count;
        _node.Run(20000);
        int leases = _node.Server.CountOf("lease", from);
        Assert.IsTrue(leases >= 9 && leases <= 10, leases.ToString());
    }

    [TestMethod]
    public void A_poll_that_finds_nothing_new_asks_for_the_metadata_alone()
    {
        _node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        _node.Run(5000);
        int from = _node.Server.Count;
        _node.Run(20 * PollTime);
        int polls = _node.Server.CountOf("configmap-metadata", from);
        Assert.IsTrue(polls >= 19 && polls <= 21, polls.ToString());
        Assert.AreEqual(0, _node.Server.CountOf("configmap", from));
        Assert.AreEqual(0, _node.Server.CountOf("labels", from));
        Assert.AreEqual(polls, (int)_node.Configuration.State.PollsUnchanged);
    }

    [TestMethod]
    public void A_bad_value_is_reported_and_changes_nothing_else()
    {
        _node.Server.ConfigMap = Map("1", "\"heartbeat.leaseSeconds\":\"5\",\"led\":\"on\"");
        _node.Run(5000);
        int from = _node.Server.Count;
        _node.Server.ConfigMap = Map("2", "\"heartbeat.leaseSeconds\":\"soon\",\"led\":\"on\",\"memory_values\":\"1=1\"");
        _node.Run(PollTime);

        string rule = "heartbeat.leaseSeconds: \\\"soon\\\" must be a whole number from 1 to 20";
        Assert.Contains("\"status\":\"False\"", ConditionOf(_node));
        Assert.Contains("\"reason\":\"InvalidValue\",\"message\":\"" + rule + "\"", ConditionOf(_node));
        Assert.Contains("{\"type\":\"Ready\",\"status\":\"True\"", _node.Server.LastOf("status").Body);
        Assert.AreEqual(5000, _node.Configuration.Configuration.LeaseMilliseconds);
        Assert.AreEqual(1, (int)_node.Cells[1]);
        Assert.AreEqual("led 0;", _node.Outputs.Text);
        Assert.Contains("\"type\":\"Warning\",\"reason\":\"ConfigurationRejected\",\"message\":\"" + rule, _node.Server.LastOf("create-event").Body);
        Assert.Contains("\"picokubelet.io/config-resource-version\":\"2\"", _node.Server.LastOf("labels").Body);

        // The same mistake once more raises the count.
        _node.Server.ConfigMap = Map("3", "\"heartbeat.leaseSeconds\":\"soon\",\"led\":\"on\"");
        _node.Run(PollTime);
        Assert.AreEqual(1, _node.Server.CountOf("create-event", from));
        Assert.AreEqual(1, _node.Server.CountOf("raise-event", from));
        Assert.Contains("\"count\":2", _node.Server.LastOf("raise-event").Body);

        _node.Server.ConfigMap = Map("4", "\"heartbeat.leaseSeconds\":\"6\",\"x\":\"y\"");
        _node.Run(PollTime);
        Assert.Contains("\"reason\":\"UnknownKey\",\"message\":\"x: is not a known key\"", ConditionOf(_node));
        Assert.AreEqual(6000, _node.Configuration.Configuration.LeaseMilliseconds);
    }

    [TestMethod]
    public void What_leaves_the_ConfigMap_leaves_the_Node()
    {
        _node.Server.ConfigMap = Map("1", "\"node.labels\":\"room=kitchen\\nfloor=1\",\"node.annotations\":\"note=hi\"");
        _node.Run(5000);
        _node.Server.ConfigMap = Map("2", "\"node.labels\":\"floor=2\"");
        _node.Run(PollTime);
        Assert.AreEqual(
            "{\"metadata\":{\"labels\":{\"floor\":\"2\",\"room\":null},\"annotations\":{\"note\":null,\"picokubelet.io/config-resource-version\":\"2\","
            + "\"picokubelet.io/owned-labels\":\"floor\",\"picokubelet.io/owned-annotations\":null}}}",
            _node.Server.LastOf("labels").Body);

        _node.Server.ConfigMap = null;
        _node.Run(PollTime);
        Assert.AreEqual(
            "{\"metadata\":{\"labels\":{\"floor\":null},\"annotations\":{\"picokubelet.io/config-resource-version\":null,"
            + "\"picokubelet.io/owned-labels\":null,\"picokubelet.io/owned-annotations\":null}}}",
            _node.Server.LastOf("labels").Body);
        Assert.Contains("is gone; the defaults are in force", _node.Server.LastOf("create-event").Body);
        int from = _node.Server.Count;
        _node.Run(3 * PollTime);
        Assert.AreEqual(0, _node.Server.CountOf("labels", from));
        Assert.AreEqual(0, _node.Server.CountOf("raise-event", from));
    }

    [TestMethod]
    public void The_Node_remembers_across_a_reboot_what_is_ours()
    {
        _node.Server.Uid = "uid-9";
        _node.Server.Metadata = ",\"annotations\":{\"picokubelet.io/owned-labels\":\"room,floor,kubernetes.io/os,picokubelet.io/board,not a key\",\"picokubelet.io/config-resource-version\":\"1\"}";
        _node.Server.ConfigMap = Map("2", "\"node.labels\":\"floor=1\"");
        _node.Run(5000);
        string patch = _node.Server.LastOf("labels").Body;
        Assert.Contains("\"labels\":{\"floor\":\"1\",\"room\":null}", patch);
    }

    [TestMethod]
    public void A_Node_that_is_registered_again_gets_its_labels_again()
    {
        _node.Server.ConfigMap = Map("1", "\"node.labels\":\"room=kitchen\"");
        _node.Run(5000);
        int from = _node.Server.Count;
        _node.Server.Uid = null;
        _node.Server.HasLease = false;
        _node.Run(12000);
        Assert.AreEqual(1, _node.Server.CountOf("create", from));
        Assert.Contains("\"room\":\"kitchen\"", _node.Server.LastOf("labels").Body);
        Assert.AreEqual(0, _node.Server.CountOf("create-event", from));
    }

    [TestMethod]
    public void A_token_that_may_not_read_it_is_told_once_and_tried_slowly()
    {
        _node.Server.Answer("configmap", Replies.Failure("403 Forbidden", "Forbidden", "no"));
        _node.Run(60 * 60 * 1000);
        int polls = _node.Server.CountOf("configmap");
        Assert.IsTrue(polls >= 16 && polls <= 30, polls.ToString());
        Assert.AreEqual(1, _node.Log.CountOf("may not read the ConfigMap"));
        Assert.Contains("\"reason\":\"Forbidden\"", ConditionOf(_node));
        Assert.IsTrue(_node.State.IsReady);

        _node.Server.Answer("configmap", null);
        _node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        _node.Run(310 * 1000);
        Assert.Contains("\"reason\":\"Applied\"", ConditionOf(_node));
    }

    [TestMethod]
    public void An_API_server_that_does_not_know_the_rights_yet_is_asked_again_soon()
    {
        _node.Server.Answer("configmap", Replies.Failure("403 Forbidden", "Forbidden", "no"));
        _node.Run(1000);
        _node.Server.Answer("configmap", null);
        _node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        _node.Run(6000);
        Assert.AreEqual("led 0;", _node.Outputs.Text);
        Assert.AreEqual(0, _node.Log.CountOf("may not read the ConfigMap"));
    }

    [TestMethod]
    public void Too_much_data_is_refused_and_fetched_once()
    {
        _node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        _node.Run(5000);
        _node.Server.ConfigMap = Map("2", "\"led\":\"off\",\"blob\":\"" + new string('x', 100000) + "\"");
        int from = _node.Server.Count;
        _node.Run(3 * PollTime);
        Assert.AreEqual(1, _node.Server.CountOf("configmap", from));
        Assert.AreEqual("led 0;", _node.Outputs.Text);
        Assert.Contains("\"reason\":\"TooLarge\"", ConditionOf(_node));
        Assert.Contains("larger than 16 KB; nothing of it is in force", _node.Server.LastOf("create-event").Body);
        Assert.AreEqual("1", _node.Configuration.State.AppliedVersion);
        Assert.IsTrue(_node.State.IsReady);
    }

    [TestMethod]
    public void An_API_server_that_fails_changes_nothing()
    {
        _node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        _node.Run(5000);
        _node.Server.Answer("configmap-metadata", Replies.Failure("500 Oops", "InternalError", "m"));
        _node.Run(4 * PollTime);
        Assert.AreEqual(1, _node.Log.CountOf("ConfigMap could not be read"));
        Assert.IsTrue(_node.Configuration.State.PollsFailed >= 3);
        Assert.AreEqual("led 0;", _node.Outputs.Text);

        _node.Server.Answer("configmap-metadata", null);
        _node.Server.IsDown = true;
        _node.Server.ConfigMap = Map("2", "\"led\":\"off\"");
        _node.Run(PollTime);
        Assert.AreEqual("led 0;", _node.Outputs.Text);
        _node.Server.IsDown = false;
        _node.Run(PollTime + 8000);
        Assert.AreEqual("led 0;led -1;", _node.Outputs.Text);
    }

    [TestMethod]
    public void A_report_that_fails_is_sent_again()
    {
        _node.Server.Answer("labels", Replies.Failure("500 Oops", "InternalError", "m"));
        _node.Server.ConfigMap = Map("1", "\"node.labels\":\"room=kitchen\"");
        _node.Run(30000);
        int attempts = _node.Server.CountOf("labels");
        Assert.IsTrue(attempts >= 3 && attempts <= 8, attempts.ToString());
        Assert.AreEqual(0, _node.Server.CountOf("create-event"));
        _node.Server.Answer("labels", null);
        _node.Run(60000);
        Assert.AreEqual(attempts + 1, _node.Server.CountOf("labels"));
        Assert.AreEqual(1, _node.Server.CountOf("create-event"));
    }

    [TestMethod]
    public void The_stored_configuration_is_in_force_before_there_is_a_network()
    {
        _node.Server.ConfigMap = Map("1", "\"led\":\"on\",\"memory_values\":\"3=3\",\"node.labels\":\"room=kitchen\"");
        _node.Run(5000);
        Assert.AreEqual("config.json", _node.Storage.FileName);

        _node.Network.Address = null;
        int from = _node.Server.Count;
        _node.Boot(NodeHarness.NewSettings(), 2);
        _node.Run(10000);
        Assert.AreEqual(from, _node.Server.Count);
        Assert.AreEqual("led 0;", _node.Outputs.Text);
        Assert.AreEqual(3, (int)_node.Cells[3]);
        Assert.AreEqual("Stored", _node.Configuration.State.Reason);

        _node.Storage.File = new FakeStoredFile(_node.Storage.Written);
        _node.Server.ConfigMap = null;
        _node.Network.AddressOnConnect = "10.0.0.7";
        _node.Run(10000);
        Assert.AreEqual("led 0;led -1;", _node.Outputs.Text);
        _node.Run(60000);
        Assert.IsNull(_node.Storage.Written);
    }

    [TestMethod]
    public void The_poll_interval_is_a_key_too()
    {
        _node.Server.ConfigMap = Map("1", "\"configmap.pollSeconds\":\"5\"");
        _node.Run(3000);
        int from = _node.Server.Count;
        _node.Run(60000);
        int polls = _node.Server.CountOf("configmap-metadata", from);
        Assert.IsTrue(polls >= 11 && polls <= 12, polls.ToString());
    }

    [TestMethod]
    public void Pins_that_leave_the_ConfigMap_are_set_low()
    {
        _node.Server.ConfigMap = Map("1", "\"gpio\":\"2=out:high\\n3=out:low\\n40=out:high\"");
        _node.Run(3000);
        _node.Server.ConfigMap = Map("2", "\"gpio\":\"3=out:high\\n40=out:high\"");
        _node.Run(PollTime);
        Assert.AreEqual("pin 2 high;pin 3 low;pin 40 high;pin 2 low;pin 3 high;", _node.Outputs.Text);
    }

    [TestMethod]
    public void Events_that_the_API_server_does_not_want_are_dropped()
    {
        _node.Server.Answer("create-event", Replies.Failure("403 Forbidden", "Forbidden", "no"));
        _node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        _node.Run(60000);
        Assert.AreEqual(1, _node.Server.CountOf("create-event"));
        Assert.IsTrue(_node.State.IsReady);
    }

    [TestMethod]
    public void A_whole_status_with_the_longest_message_fits_a_request()
    {
        string data = "";
        for (int i = 0; i < 40; i++)
        {
            data += "\"a-key-that-nobody-knows-and-that-is-too-long-to-be-told-whole-so-it-is-cut-" + i.ToString() + "\":\"x\",";
        }

        _node.Server.ConfigMap = Map("1", data + "\"led\":\"" + new string('\\', 60) + "\"");
        _node.Run(5000);
        _node.Network.Address = "192.168.100.200";
        _node.Run(12000);
        Assert.Contains("192.168.100.200", _node.Server.LastOf("status").Body);
        Assert.Contains("\"reason\":\"InvalidValue\"", ConditionOf(_node));
        Assert.IsNull(_node.State.LastError);
    }

    private static string Map(string version, string data)
    {
        return "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"pico-node-1\",\"resourceVersion\":\"" + version + "\"},\"data\":{" + data + "}}";
    }

    private static string ConditionOf(NodeHarness node)
    {
        string body = node.Server.LastOf("status").Body;
        int start = body.IndexOf("{\"type\":\"ConfigurationApplied\"");
        return body.Substring(start, body.IndexOf("{\"type\":\"Ready\"") - start);
    }
}
