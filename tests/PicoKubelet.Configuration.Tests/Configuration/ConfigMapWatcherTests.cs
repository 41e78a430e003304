using System;
using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Api;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Configuration;

[TestClass]
public class ConfigMapWatcherTests
{
    private const string Path = "GET /api/v1/namespaces/picokubelet/configmaps";
    private const string WatchPath = Path + "?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.name%3Dpico-node-1&timeoutSeconds=2";
    private const string StreamHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string StreamEnd = "0\r\n\r\n";

    [TestMethod]
    public void Before_the_node_is_registered_nothing_is_tried()
    {
        ConfigMapWatcherHarness harness = new ConfigMapWatcherHarness();
        harness.Watch();
        Assert.IsTrue(harness.Step() > 0);
        Assert.AreEqual(0, harness.Connector.Attempts);
    }

    [TestMethod]
    public void An_edit_is_in_force_when_its_event_comes()
    {
        ConfigMapWatcherHarness harness = new ConfigMapWatcherHarness();
        FakeConnection connection = harness.NewConnection(
            Replies.Ok(Map("317", "\"led\":\"on\"")),
            StreamHead + Event("MODIFIED", Map("318", "\"led\":\"off\"")) + Event("MODIFIED", Map("319", "\"led\":\"blink:99\"")) + StreamEnd,
            StreamHead + StreamEnd);
        connection.PieceSize = 11;
        harness.Register();
        harness.Watch(connection);
        harness.Step();
        Assert.AreEqual("led 0;led -1;led 99;", harness.Node.Outputs.Text);
        Assert.Contains(WatchPath, connection.Sent);
        Assert.Contains("&resourceVersion=317 HTTP/1.1", connection.Sent);
        Assert.AreEqual("319", harness.Node.Configuration.State.AppliedVersion);

        // The server ended the watch: the next one goes on from there, with no other request.
        harness.Step();
        Assert.AreEqual(3, connection.Writes);
        Assert.EndsWith("Bearer " + ApiHarness.Token + "\r\nAccept: application/json\r\n\r\n", connection.Sent);
        Assert.Contains("&resourceVersion=319 HTTP/1.1", connection.Sent);
        Assert.AreEqual(1, harness.Connector.Attempts);

        int from = harness.Node.Server.Count;
        harness.Node.Run(2000);
        Assert.AreEqual(0, harness.Node.Server.CountOf("configmap", from));
        Assert.Contains("\"picokubelet.io/config-resource-version\":\"319\"", harness.Node.Server.LastOf("labels").Body);
    }

    [TestMethod]
    public void A_version_is_opaque_and_stays_a_value_in_the_URL()
    {
        ConfigMapWatcherHarness harness = new ConfigMapWatcherHarness();
        FakeConnection connection = harness.NewConnection(
            Replies.Ok(Map("3&x=1 7/\\u00e9\\u0001", "\"led\":\"on\"")),
            StreamHead + StreamEnd);
        harness.Register();
        harness.Watch(connection);
        harness.Step();

        Assert.Contains("&resourceVersion=3%26x%3D1%207%2F%C3%A9%01 HTTP/1.1", connection.Sent);
    }

    [TestMethod]
    public void A_bookmark_moves_the_version_and_nothing_else()
    {
        ConfigMapWatcherHarness harness = new ConfigMapWatcherHarness();
        FakeConnection connection = harness.NewConnection(
            Replies.Ok(Map("317", "\"led\":\"on\"")),
            StreamHead + Event("BOOKMARK", "{\"kind\":\"ConfigMap\",\"metadata\":{\"resourceVersion\":\"400\"}}") + StreamEnd,
            StreamHead + StreamEnd);
        harness.Register();
        harness.Watch(connection);
        harness.Step();
        harness.Step();
        Assert.Contains("&resourceVersion=400 HTTP/1.1", connection.Sent);
        Assert.AreEqual("led 0;", harness.Node.Outputs.Text);
        Assert.AreEqual("317", harness.Node.Configuration.State.AppliedVersion);
    }

    [TestMethod]
    public void Creation_and_deletion_are_followed()
    {
        ConfigMapWatcherHarness harness = new ConfigMapWatcherHarness();
        FakeConnection connection = harness.NewConnection(
            Replies.Failure("404 Not Found", "NotFound", "not found"),
            StreamHead + Event("ADDED", Map("5", "\"led\":\"on\"")) + Event("DELETED", Map("6", "\"led\":\"on\"")) + Event("ADDED", Map("7", "\"led\":\"blink:77\"")) + StreamEnd);
        harness.Register();
        harness.Watch(connection);
        harness.Step();
        Assert.Contains(WatchPath, connection.Sent);
        Assert.DoesNotContains("resourceVersion", connection.Sent);
        Assert.AreEqual("led 0;led -2;led 77;", harness.Node.Outputs.Text);
    }

    [TestMethod]
    [DataRow("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"metadata\":{},\"code\":410,\"reason\":\"Expired\"}}\n")]
    [DataRow("{\"type\":\"WHATEVER\",\"object\":{\"metadata\":{\"resourceVersion\":\"9\"}}}\n")]
    [DataRow("{}\n")]
    [DataRow("nonsense\n")]
    public void What_is_no_event_ends_in_a_fresh_look(string line)
    {
        ConfigMapWatcherHarness harness = new ConfigMapWatcherHarness();
        FakeConnection first = harness.NewConnection(Replies.Ok(Map("317", "\"led\":\"on\"")), StreamHead + Chunk(line));
        first.End = ConnectionEnd.Silence;
        FakeConnection second = harness.NewConnection(Replies.Ok(Map("500", "\"led\":\"off\"")), StreamHead + StreamEnd);
        harness.Register();
        harness.Watch(first, second);
        Assert.IsTrue(harness.Step() > 0);
        Assert.IsTrue(first.IsClosed);
        harness.Step();
        Assert.StartsWith(Path + "/pico-node-1 ", second.Sent);
        Assert.AreEqual("led 0;led -1;", harness.Node.Outputs.Text);
    }

    [TestMethod]
    public void A_cut_a_reset_and_a_silence_end_in_a_fresh_look()
    {
        ConfigMapWatcherHarness harness = new ConfigMapWatcherHarness();
        ConnectionEnd[] ends = { ConnectionEnd.Close, ConnectionEnd.Reset, ConnectionEnd.Silence };
        foreach (ConnectionEnd end in ends)
        {
            FakeConnection first = harness.NewConnection(Replies.Ok(Map("317", "\"led\":\"on\"")), StreamHead + Event("MODIFIED", Map("318", "\"led\":\"off\"")) + "1f\r\n{\"type\":\"MODI");
            first.End = end;
            FakeConnection second = harness.NewConnection(Replies.Ok(Map("319", "\"led\":\"blink:88\"")), StreamHead + StreamEnd);
            harness.Node.Boot(ConfigMapWatcherHarness.NewSettings(), 1);
            harness.Register();
            harness.Watch(first, second);
            long started = harness.Node.Clock.Milliseconds;
            int wait = harness.Step();
            Assert.IsTrue(wait > 0 && wait <= 500, wait.ToString());
            Assert.IsTrue(first.IsClosed);
            if (end == ConnectionEnd.Silence)
            {
                Assert.AreEqual((long)ApiClient.MaxSilence, harness.Node.Clock.Milliseconds - started);
            }

            harness.Step();
            Assert.AreEqual("led 0;led -1;led 88;", harness.Node.Outputs.Text);
        }
    }

    [TestMethod]
    public void A_watch_that_is_gone_or_forbidden_ends_in_a_fresh_look()
    {
        ConfigMapWatcherHarness harness = new ConfigMapWatcherHarness();
        FakeConnection connection = harness.NewConnection(
            Replies.Ok(Map("317", "\"led\":\"on\"")),
            Replies.Failure("410 Gone", "Expired", "too old resource version"),
            Replies.Ok(Map("400", "\"led\":\"off\"")),
            Replies.Failure("403 Forbidden", "Forbidden", "no watch"));
        harness.Register();
        harness.Watch(connection);
        Assert.IsTrue(harness.Step() <= 500);
        int wait = harness.Step();
        Assert.AreEqual("led 0;led -1;", harness.Node.Outputs.Text);
        Assert.IsTrue(wait >= 2500 && wait <= 5000, wait.ToString());
    }

    [TestMethod]
    public void Too_much_data_is_refused_and_what_comes_next_is_taken()
    {
        ConfigMapWatcherHarness harness = new ConfigMapWatcherHarness();
        FakeConnection first = harness.NewConnection(Replies.Ok(Map("317", "\"led\":\"on\"")), StreamHead + Event("MODIFIED", Map("318", "\"blob\":\"" + new string('x', 60000) + "\"")));
        FakeConnection second = harness.NewConnection(StreamHead + Event("MODIFIED", Map("319", "\"led\":\"off\"")) + StreamEnd);
        harness.Register();
        harness.Watch(first, second);
        harness.Step();
        Assert.AreEqual("TooLarge", harness.Node.Configuration.State.Reason);
        Assert.IsTrue(first.IsClosed);
        harness.Step();
        Assert.Contains("&resourceVersion=318 HTTP/1.1", second.Sent);
        Assert.AreEqual("led 0;led -1;", harness.Node.Outputs.Text);
    }

    [TestMethod]
    public void A_server_that_ends_each_watch_at_once_is_not_asked_without_end()
    {
        ConfigMapWatcherHarness harness = new ConfigMapWatcherHarness();
        FakeConnection connection = harness.NewConnection(Replies.Ok(Map("317", "")), StreamHead + StreamEnd, StreamHead + StreamEnd, StreamHead + StreamEnd);
        harness.Register();
        harness.Watch(connection);
        Assert.IsTrue(harness.Step() >= 250);
        Assert.IsTrue(harness.Step() >= 500);
        Assert.IsTrue(harness.Step() >= 1000);
    }

    [TestMethod]
    public void Heartbeats_do_not_wait_for_the_watch()
    {
        ConfigMapWatcherHarness harness = new ConfigMapWatcherHarness();
        FakeConnection connection = harness.NewConnection(Replies.Ok(Map("317", "\"led\":\"on\"")));
        harness.Register();
        int from = harness.Node.Server.Count;
        harness.Watch(connection);
        harness.Node.Run(60000);
        int leases = harness.Node.Server.CountOf("lease", from);
        Assert.IsTrue(leases >= 5 && leases <= 6, leases.ToString());
    }

    [TestMethod]
    public void What_could_not_be_put_in_force_is_read_again()
    {
        string edit = Map("318", "\"led\":\"off\",\"gpio\":\"2=out:high\"");
        ConfigMapWatcherHarness harness = new ConfigMapWatcherHarness();
        FakeConnection first = harness.NewConnection(Replies.Ok(Map("317", "\"led\":\"on\"")), StreamHead + Event("MODIFIED", edit) + StreamEnd);
        FakeConnection second = harness.NewConnection(Replies.Ok(edit), StreamHead + StreamEnd);
        harness.Register();
        harness.Node.Outputs.Fails = "pin 2";
        harness.Watch(first, second);
        Assert.IsTrue(harness.Step() > 0);
        Assert.AreEqual("ApplyFailed", harness.Node.Configuration.State.Reason);
        Assert.AreEqual("317", harness.Node.Configuration.State.AppliedVersion);

        harness.Node.Outputs.Fails = null;
        harness.Step();
        Assert.StartsWith(Path + "/pico-node-1 ", second.Sent);
        Assert.AreEqual("led 0;led -1;pin 2 high;", harness.Node.Outputs.Text);
        Assert.AreEqual("Applied", harness.Node.Configuration.State.Reason);
        Assert.AreEqual("318", harness.Node.Configuration.State.AppliedVersion);
    }

    [TestMethod]
    public void Reload_waits_until_the_watch_has_brought_what_is_there()
    {
        ConfigMapWatcherHarness harness = new ConfigMapWatcherHarness();
        FakeConnection connection = harness.NewConnection(
            Replies.Ok(Map("317", "\"led\":\"on\"")),
            StreamHead + StreamEnd,
            StreamHead + Event("MODIFIED", Map("318", "\"led\":\"off\"")) + StreamEnd);
        harness.Register();
        harness.Watch(connection);
        harness.Step();
        NodeHarness node = harness.Node;
        node.Configuration.NodeLoop = new Loop("node", node.Node, node.Clock, node.Logger, new Random(1));
        node.Server.ConfigMap = Map("318", "\"led\":\"off\"");
        int from = node.Server.Count;
        string answer = "none";
        Thread asking = new Thread(() => answer = node.Configuration.Reload());
        asking.Start();
        while (node.Server.CountOf("configmap-metadata", from) < 3)
        {
            node.Run(100);
        }

        Assert.AreEqual("none", answer);
        harness.Step();
        while (!asking.Join(1))
        {
            node.Run(100);
        }

        Assert.IsNull(answer);
        Assert.EndsWith("led -1;", node.Outputs.Text);
    }

    private static string Map(string version, string data)
    {
        return "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"pico-node-1\",\"resourceVersion\":\"" + version + "\"},\"data\":{" + data + "}}";
    }

    private static string Event(string type, string map)
    {
        return Chunk("{\"type\":\"" + type + "\",\"object\":" + map + "}\n");
    }

    private static string Chunk(string text)
    {
        return text.Length.ToString("X") + "\r\n" + text + "\r\n";
    }
}
