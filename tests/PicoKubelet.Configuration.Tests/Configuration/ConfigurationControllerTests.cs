using System;
using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Configuration;

[TestClass]
public class ConfigurationControllerTests
{
    private const int PollTime = 31200;

    [TestMethod]
    public void Without_a_ConfigMap_the_defaults_are_in_force_and_one_that_appears_is_picked_up()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Run(2000);
        Assert.AreEqual(1, node.Server.CountOf("configmap"));
        Assert.AreEqual(0, node.Server.CountOf("labels"));
        Assert.AreEqual(0, node.Server.CountOf("create-event"));
        Assert.Contains("\"status\":\"True\"", ConditionOf(node));
        Assert.Contains("there is no ConfigMap picokubelet/pico-node-1; the defaults are in force", ConditionOf(node));

        node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        node.Run(PollTime);
        Assert.AreEqual("led 0;", node.Outputs.Text);
        Assert.Contains("\"reason\":\"Applied\",\"message\":\"resourceVersion 1 of the ConfigMap picokubelet/pico-node-1 is in force\"", ConditionOf(node));
        Assert.AreEqual("1", node.Configuration.State.AppliedVersion);
    }

    [TestMethod]
    public void All_keys_are_in_force_at_once_and_reported()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("317", "\"heartbeat.leaseSeconds\":\"2\",\"log.level\":\"debug\",\"node.labels\":\"room=kitchen\\nfloor=1\",\"node.annotations\":\"note=hi\",\"memory_values\":\"0=0x42\",\"gpio\":\"2=out:high\",\"led\":\"blink:500\",\"metrics.enabled\":\"false\"");
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
    public void A_poll_that_finds_nothing_new_asks_for_the_metadata_alone()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        node.Run(5000);
        int from = node.Server.Count;
        node.Run(20 * PollTime);
        int polls = node.Server.CountOf("configmap-metadata", from);
        Assert.IsTrue(polls >= 19 && polls <= 21, polls.ToString());
        Assert.AreEqual(0, node.Server.CountOf("configmap", from));
        Assert.AreEqual(0, node.Server.CountOf("labels", from));
        Assert.AreEqual(polls, (int)node.Configuration.State.PollsUnchanged);
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
    public void A_token_that_may_not_read_it_is_told_once_and_tried_slowly()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.Answer("configmap", Replies.Failure("403 Forbidden", "Forbidden", "no"));
        node.Run(60 * 60 * 1000);
        int polls = node.Server.CountOf("configmap");
        Assert.IsTrue(polls >= 16 && polls <= 30, polls.ToString());
        Assert.AreEqual(1, node.Log.CountOf("may not read the ConfigMap"));
        Assert.Contains("\"reason\":\"Forbidden\"", ConditionOf(node));
        Assert.IsTrue(node.State.IsReady);

        node.Server.Answer("configmap", null);
        node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        node.Run(310 * 1000);
        Assert.Contains("\"reason\":\"Applied\"", ConditionOf(node));
    }

    [TestMethod]
    public void An_API_server_that_does_not_know_the_rights_yet_is_asked_again_soon()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.Answer("configmap", Replies.Failure("403 Forbidden", "Forbidden", "no"));
        node.Run(1000);
        node.Server.Answer("configmap", null);
        node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        node.Run(6000);
        Assert.AreEqual("led 0;", node.Outputs.Text);
        Assert.AreEqual(0, node.Log.CountOf("may not read the ConfigMap"));
    }

    [TestMethod]
    public void Too_much_data_is_refused_and_fetched_once()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        node.Run(5000);
        node.Server.ConfigMap = Map("2", "\"led\":\"off\",\"blob\":\"" + new string('x', 100000) + "\"");
        int from = node.Server.Count;
        node.Run(3 * PollTime);
        Assert.AreEqual(1, node.Server.CountOf("configmap", from));
        Assert.AreEqual("led 0;", node.Outputs.Text);
        Assert.Contains("\"reason\":\"TooLarge\"", ConditionOf(node));
        Assert.Contains("larger than 16 KB; nothing of it is in force", node.Server.LastOf("create-event").Body);
        Assert.AreEqual("1", node.Configuration.State.AppliedVersion);
        Assert.IsTrue(node.State.IsReady);
    }

    [TestMethod]
    public void An_API_server_that_fails_changes_nothing()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        node.Run(5000);
        node.Server.Answer("configmap-metadata", Replies.Failure("500 Oops", "InternalError", "m"));
        node.Run(4 * PollTime);
        Assert.AreEqual(1, node.Log.CountOf("ConfigMap could not be read"));
        Assert.IsTrue(node.Configuration.State.PollsFailed >= 3);
        Assert.AreEqual("led 0;", node.Outputs.Text);

        node.Server.Answer("configmap-metadata", null);
        node.Server.IsDown = true;
        node.Server.ConfigMap = Map("2", "\"led\":\"off\"");
        node.Run(PollTime);
        Assert.AreEqual("led 0;", node.Outputs.Text);
        node.Server.IsDown = false;
        node.Run(PollTime + 8000);
        Assert.AreEqual("led 0;led -1;", node.Outputs.Text);
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
    public void The_poll_interval_is_a_key_too()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"configmap.pollSeconds\":\"5\"");
        node.Run(3000);
        int from = node.Server.Count;
        node.Run(60000);
        int polls = node.Server.CountOf("configmap-metadata", from);
        Assert.IsTrue(polls >= 11 && polls <= 12, polls.ToString());
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
    public void What_is_refused_of_the_metadata_does_not_hold_up_the_Event()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"node.labels\":\"room=kitchen\"");
        node.Server.Answer("labels", Replies.Failure("422 Unprocessable Entity", "Invalid", "webhook says no"));
        int from = node.Server.Count;
        node.Run(3600 * 1000);

        Assert.AreEqual(1, node.Server.CountOf("create-event", from));
        int patches = node.Server.CountOf("labels", from);
        Assert.IsTrue(patches > 10 && patches < 30, patches.ToString());
        Assert.AreEqual(1, node.Log.CountOf("level=warning msg=\"configuration not reported\" error=\"422 Invalid: webhook says no\""));

        node.Server.Answer("labels", null);
        node.Run(301 * 1000);
        Assert.Contains("\"room\":\"kitchen\"", node.Server.LastOf("labels").Body);
    }

    [TestMethod]
    public void A_poll_that_is_asked_to_wait_waits()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        node.Run(32000);
        node.Server.Answer("configmap-metadata", Replies.Failure("429 Too Many Requests", "TooManyRequests", "later", "{}", "Retry-After: 120\r\n"));
        int from = node.Server.Count;
        node.Run(600 * 1000);
        int polls = node.Server.CountOf("configmap-metadata", from);
        Assert.IsTrue(polls >= 4 && polls <= 6, polls.ToString());
        Assert.IsNull(node.State.LastError);
        Assert.IsTrue(node.State.IsReady);
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
        string annotations = "},\"annotations\":{\"note\":\"hi\",\"picokubelet.io/config-resource-version\":\"1\",\"picokubelet.io/owned-labels\":\"room\",\"picokubelet.io/owned-annotations\":\"note\"}";
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

    [TestMethod]
    public void A_ConfigMap_that_is_read_again_is_not_told_again()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        node.Run(3000);
        node.Server.Answer("configmap-metadata", Replies.Failure("403 Forbidden", "Forbidden", "no"));
        while (node.Server.CountOf("configmap-metadata") == 0)
        {
            node.Run(1000);
        }

        // It may be another one by now, for all that the board knows.
        node.Server.Answer("configmap-metadata", null);
        int from = node.Server.Count;
        node.Run(PollTime);

        Assert.AreEqual(1, node.Server.CountOf("configmap", from));
        Assert.AreEqual(1, node.Log.CountOf("configuration applied"));
        Assert.AreEqual(1, node.Server.CountOf("create-event") + node.Server.CountOf("raise-event"));
    }

    [TestMethod]
    public void A_key_in_binaryData_is_named_like_an_unknown_one()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"pico-node-1\",\"resourceVersion\":\"1\"},\"binaryData\":{\"led\":\"//5v\"}}";
        node.Run(3000);

        Assert.Contains("\"reason\":\"UnknownKey\",\"message\":\"led: is in binaryData, which is not read: save the file as UTF-8\"", ConditionOf(node));
    }

    [TestMethod]
    public void Reload_answers_from_a_look_that_began_after_it_was_asked_for()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        node.Run(3000);
        node.Configuration.NodeLoop = new Loop("node", node.Node, node.Clock, node.Logger, new Random(1));
        string answer = "none";
        Thread asking = new Thread(() => answer = node.Configuration.Reload());
        node.Server.Served = kind =>
        {
            if (kind == "configmap-metadata" && asking.ThreadState == ThreadState.Unstarted)
            {
                // The look is under way: what it has read is older than the edit that comes now.
                asking.Start();
                while (node.Configuration.ConfigMapDuty.UntilDue() > 0)
                {
                    Thread.Sleep(1);
                }

                node.Server.ConfigMap = Map("2", "\"heartbeat.leaseSeconds\":\"soon\"");
            }
        };
        while (asking.ThreadState == ThreadState.Unstarted)
        {
            node.Clock.Advance(node.Node.Step());
        }

        Assert.IsFalse(asking.Join(100), "that look's end is no answer");
        node.Run(PollTime);
        asking.Join();

        Assert.StartsWith("heartbeat.leaseSeconds: \"soon\" must be", answer);
        Assert.AreEqual("2", node.Configuration.State.AppliedVersion);
    }

    [TestMethod]
    public void Reload_says_so_where_the_ConfigMap_can_not_be_read()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Server.ConfigMap = Map("1", "\"led\":\"on\"");
        node.Run(3000);
        Assert.IsNull(Reload(node));
        node.Server.Answer("configmap-metadata", Replies.Failure("403 Forbidden", "Forbidden", "no"));
        Assert.AreEqual("the node's token may not read the ConfigMap", Reload(node));
        node.Server.Answer("configmap", Replies.Failure("500 Oops", "InternalError", "m"));
        Assert.AreEqual("the ConfigMap could not be read", Reload(node));
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

    private static string Reload(NodeHarness node)
    {
        node.Configuration.NodeLoop = new Loop("node", node.Node, node.Clock, node.Logger, new Random(1));
        string answer = "none";
        Thread asking = new Thread(() => answer = node.Configuration.Reload());
        asking.Start();
        while (!asking.Join(1))
        {
            node.Run(100);
        }

        return answer;
    }

    private static string Map(string version, string data)
    {
        return "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"pico-node-1\",\"resourceVersion\":\"" + version + "\"},\"data\":{" + data + "}}";
    }

    private static string TransitionOf(NodeHarness node)
    {
        string condition = ConditionOf(node);
        return condition.Substring(condition.IndexOf("lastTransitionTime") + 21, 20);
    }

    private static string ConditionOf(NodeHarness node)
    {
        string body = node.Server.LastOf("status").Body;
        int start = body.IndexOf("{\"type\":\"ConfigurationApplied\"");
        return body.Substring(start, body.IndexOf("{\"type\":\"Ready\"") - start);
    }
}
