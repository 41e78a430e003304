using System;
using System.Threading;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Node;
using nanoFramework.TestFramework;
using static PicoKubelet.Tests.Configuration.ConfigMapTexts;

namespace PicoKubelet.Tests.Configuration;

/// <summary>Looks at the ConfigMap: when, how much of it, and what a failure means.</summary>
[TestClass]
public class ConfigMapDutyTests
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
}
