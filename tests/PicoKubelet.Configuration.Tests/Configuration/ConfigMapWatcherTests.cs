using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Api;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
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

    private readonly NodeHarness _node;
    private FakeConnector _connector;
    private Loop _watch;

    public ConfigMapWatcherTests()
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.ConfigMapWatch = true;
        _node = new NodeHarness(settings, true);
    }

    [TestMethod]
    public void Before_the_node_is_registered_nothing_is_tried()
    {
        Watch();
        Assert.IsTrue(Step() > 0);
        Assert.AreEqual(0, _connector.Attempts);
    }

    [TestMethod]
    public void An_edit_is_in_force_when_its_event_comes()
    {
        FakeConnection connection = NewConnection(
            Replies.Ok(Map("317", "\"led\":\"on\"")),
            StreamHead + Event("MODIFIED", Map("318", "\"led\":\"off\"")) + Event("MODIFIED", Map("319", "\"led\":\"blink:99\"")) + StreamEnd,
            StreamHead + StreamEnd);
        connection.PieceSize = 11;
        Register();
        Watch(connection);
        Step();
        Assert.AreEqual("led 0;led -1;led 99;", _node.Outputs.Text);
        Assert.Contains(WatchPath, connection.Sent);
        Assert.Contains("&resourceVersion=317 HTTP/1.1", connection.Sent);
        Assert.AreEqual("319", _node.Configuration.State.AppliedVersion);

        // The server ended the watch: the next one goes on from there, with no other request.
        Step();
        Assert.AreEqual(3, connection.Writes);
        Assert.EndsWith("Bearer " + ApiHarness.Token + "\r\nAccept: application/json\r\n\r\n", connection.Sent);
        Assert.Contains("&resourceVersion=319 HTTP/1.1", connection.Sent);
        Assert.AreEqual(1, _connector.Attempts);

        int from = _node.Server.Count;
        _node.Run(2000);
        Assert.AreEqual(0, _node.Server.CountOf("configmap", from));
        Assert.Contains("\"picokubelet.io/config-resource-version\":\"319\"", _node.Server.LastOf("labels").Body);
    }

    [TestMethod]
    public void A_bookmark_moves_the_version_and_nothing_else()
    {
        FakeConnection connection = NewConnection(
            Replies.Ok(Map("317", "\"led\":\"on\"")),
            StreamHead + Event("BOOKMARK", "{\"kind\":\"ConfigMap\",\"metadata\":{\"resourceVersion\":\"400\"}}") + StreamEnd,
            StreamHead + StreamEnd);
        Register();
        Watch(connection);
        Step();
        Step();
        Assert.Contains("&resourceVersion=400 HTTP/1.1", connection.Sent);
        Assert.AreEqual("led 0;", _node.Outputs.Text);
        Assert.AreEqual("317", _node.Configuration.State.AppliedVersion);
    }

    [TestMethod]
    public void Creation_and_deletion_are_followed()
    {
        FakeConnection connection = NewConnection(
            Replies.Failure("404 Not Found", "NotFound", "not found"),
            StreamHead + Event("ADDED", Map("5", "\"led\":\"on\"")) + Event("DELETED", Map("6", "\"led\":\"on\"")) + Event("ADDED", Map("7", "\"led\":\"blink:77\"")) + StreamEnd);
        Register();
        Watch(connection);
        Step();
        Assert.Contains(WatchPath, connection.Sent);
        Assert.DoesNotContains("resourceVersion", connection.Sent);
        Assert.AreEqual("led 0;led -1;led 77;", _node.Outputs.Text);
    }

    [TestMethod]
    [DataRow("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"metadata\":{},\"code\":410,\"reason\":\"Expired\"}}\n")]
    [DataRow("{\"type\":\"WHATEVER\",\"object\":{\"metadata\":{\"resourceVersion\":\"9\"}}}\n")]
    [DataRow("{}\n")]
    [DataRow("nonsense\n")]
    public void What_is_no_event_ends_in_a_fresh_look(string line)
    {
        FakeConnection first = NewConnection(Replies.Ok(Map("317", "\"led\":\"on\"")), StreamHead + Chunk(line));
        first.End = ConnectionEnd.Silence;
        FakeConnection second = NewConnection(Replies.Ok(Map("500", "\"led\":\"off\"")), StreamHead + StreamEnd);
        Register();
        Watch(first, second);
        Assert.IsTrue(Step() > 0);
        Assert.IsTrue(first.IsClosed);
        Step();
        Assert.StartsWith(Path + "/pico-node-1 ", second.Sent);
        Assert.AreEqual("led 0;led -1;", _node.Outputs.Text);
    }

    [TestMethod]
    public void A_cut_a_reset_and_a_silence_end_in_a_fresh_look()
    {
        ConnectionEnd[] ends = { ConnectionEnd.Close, ConnectionEnd.Reset, ConnectionEnd.Silence };
        foreach (ConnectionEnd end in ends)
        {
            FakeConnection first = NewConnection(Replies.Ok(Map("317", "\"led\":\"on\"")), StreamHead + Event("MODIFIED", Map("318", "\"led\":\"off\"")) + "1f\r\n{\"type\":\"MODI");
            first.End = end;
            FakeConnection second = NewConnection(Replies.Ok(Map("319", "\"led\":\"blink:88\"")), StreamHead + StreamEnd);
            _node.Boot(NewSettings(), 1);
            Register();
            Watch(first, second);
            long started = _node.Clock.Milliseconds;
            int wait = Step();
            Assert.IsTrue(wait > 0 && wait <= 500, wait.ToString());
            Assert.IsTrue(first.IsClosed);
            if (end == ConnectionEnd.Silence)
            {
                long silence = _node.Clock.Milliseconds - started;
                Assert.IsTrue(silence >= 255000 && silence <= 280000, silence.ToString());
            }

            Step();
            Assert.AreEqual("led 0;led -1;led 88;", _node.Outputs.Text);
        }
    }

    [TestMethod]
    public void A_watch_that_is_gone_or_forbidden_ends_in_a_fresh_look()
    {
        FakeConnection connection = NewConnection(
            Replies.Ok(Map("317", "\"led\":\"on\"")),
            Replies.Failure("410 Gone", "Expired", "too old resource version"),
            Replies.Ok(Map("400", "\"led\":\"off\"")),
            Replies.Failure("403 Forbidden", "Forbidden", "no watch"));
        Register();
        Watch(connection);
        Assert.IsTrue(Step() <= 500);
        int wait = Step();
        Assert.AreEqual("led 0;led -1;", _node.Outputs.Text);
        Assert.IsTrue(wait >= 2500 && wait <= 5000, wait.ToString());
    }

    [TestMethod]
    public void Too_much_data_is_refused_and_what_comes_next_is_taken()
    {
        FakeConnection first = NewConnection(Replies.Ok(Map("317", "\"led\":\"on\"")), StreamHead + Event("MODIFIED", Map("318", "\"blob\":\"" + new string('x', 60000) + "\"")));
        FakeConnection second = NewConnection(StreamHead + Event("MODIFIED", Map("319", "\"led\":\"off\"")) + StreamEnd);
        Register();
        Watch(first, second);
        Step();
        Assert.AreEqual("TooLarge", _node.Configuration.State.Reason);
        Assert.IsTrue(first.IsClosed);
        Step();
        Assert.Contains("&resourceVersion=318 HTTP/1.1", second.Sent);
        Assert.AreEqual("led 0;led -1;", _node.Outputs.Text);
    }

    [TestMethod]
    public void A_server_that_ends_each_watch_at_once_is_not_asked_without_end()
    {
        FakeConnection connection = NewConnection(Replies.Ok(Map("317", "")), StreamHead + StreamEnd, StreamHead + StreamEnd, StreamHead + StreamEnd);
        Register();
        Watch(connection);
        Assert.IsTrue(Step() >= 250);
        Assert.IsTrue(Step() >= 500);
        Assert.IsTrue(Step() >= 1000);
    }

    [TestMethod]
    public void Heartbeats_do_not_wait_for_the_watch()
    {
        FakeConnection connection = NewConnection(Replies.Ok(Map("317", "\"led\":\"on\"")));
        Register();
        int from = _node.Server.Count;
        Watch(connection);
        _node.Run(60000);
        int leases = _node.Server.CountOf("lease", from);
        Assert.IsTrue(leases >= 5 && leases <= 6, leases.ToString());
    }

    private static DeviceSettings NewSettings()
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.ConfigMapWatch = true;
        return settings;
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

    private FakeConnection NewConnection(params string[] replies)
    {
        return new FakeConnection(_node.Clock, replies);
    }

    private void Register()
    {
        _node.Run(1);
        Assert.IsTrue(_node.State.IsRegistered);
    }

    private void Watch(params object[] connections)
    {
        _connector = new FakeConnector(connections);
        ApiClient client = new ApiClient(_connector, ApiEndpoint.Parse("https://api.example:6443"), ApiHarness.Token, _node.Clock, ApiHarness.Timeout, 0);
        _watch = _node.Configuration.MakeWatch(client, _node.State);
    }

    /// <summary>Does a step of the watch on a thread of its own, while this one takes what it finds as the node's loop does.</summary>
    private int Step()
    {
        int wait = 0;
        Thread thread = new Thread(() => wait = _watch.Step());
        thread.Start();
        while (!thread.Join(1))
        {
            _node.Configuration.Receive();
        }

        Assert.AreEqual(0, _watch.Failures);
        return wait;
    }
}
