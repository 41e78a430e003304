using nanoFramework.TestFramework;
using PicoKubelet.Api;
using PicoKubelet.Api.Watch;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Api.Watch;

/// <summary>A resource of many objects is listed and followed. What the ConfigMap's tests show of a single one holds here too.</summary>
[TestClass]
public class ResourceWatcherTests
{
    private const string StreamHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string StreamEnd = "0\r\n\r\n";
    private const string TwoThings = "{\"kind\":\"ThingList\",\"metadata\":{\"resourceVersion\":\"50\"},\"items\":[{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\"},\"spec\":{\"x\":[1]}},"
        + "{\"spec\":null,\"metadata\":{\"name\":\"b\",\"resourceVersion\":\"9\"}}]}";

    [TestMethod]
    public void What_is_not_wanted_is_not_asked_for()
    {
        ResourceWatcherHarness harness = new ResourceWatcherHarness();
        FakeConnector connector = new FakeConnector();
        harness.Things.IsWanted = false;

        Assert.IsTrue(harness.NewWatcher(connector).Step() > 0);
        Assert.AreEqual(0, connector.Attempts);
    }

    [TestMethod]
    public void A_list_is_taken_an_object_at_a_time_and_followed_from_its_version()
    {
        ResourceWatcherHarness harness = new ResourceWatcherHarness();
        FakeConnection connection = new FakeConnection(
            harness.Clock,
            Replies.Ok(TwoThings),
            StreamHead + Event("ADDED", "c", "51") + Event("MODIFIED", "a", "52") + Event("DELETED", "b", "53") + StreamEnd,
            StreamHead + StreamEnd);
        connection.PieceSize = 13;
        ResourceWatcher watcher = harness.NewWatcher(new FakeConnector(connection));

        watcher.Step();
        Assert.AreEqual("=a=b+c~a-b", harness.Things.Taken);
        Assert.AreEqual(2, harness.Things.Count);
        Assert.Contains("GET /things?watch=1&timeoutSeconds=2", connection.Sent);
        Assert.Contains("&resourceVersion=50 HTTP/1.1", connection.Sent);

        watcher.Step();
        Assert.Contains("&resourceVersion=53 HTTP/1.1", connection.Sent);
        Assert.AreEqual(3, connection.Writes);
    }

    [TestMethod]
    public void An_empty_list_is_followed_too()
    {
        ResourceWatcherHarness harness = new ResourceWatcherHarness();
        FakeConnection connection = new FakeConnection(harness.Clock, Replies.Ok("{\"items\":[],\"metadata\":{\"resourceVersion\":\"50\"}}"), StreamHead + Event("ADDED", "a", "51") + StreamEnd);

        harness.NewWatcher(new FakeConnector(connection)).Step();

        Assert.AreEqual("+a", harness.Things.Taken);
        Assert.Contains("&resourceVersion=50 HTTP/1.1", connection.Sent);
    }

    [TestMethod]
    public void A_list_that_breaks_off_is_read_again_from_its_beginning()
    {
        ResourceWatcherHarness harness = new ResourceWatcherHarness();
        string whole = Replies.Ok(TwoThings);
        FakeConnection first = new FakeConnection(harness.Clock, whole.Substring(0, whole.Length - 20));
        FakeConnection second = new FakeConnection(harness.Clock, whole, StreamHead + StreamEnd);
        ResourceWatcher watcher = harness.NewWatcher(new FakeConnector(first, second));

        Assert.IsTrue(watcher.Step() > 0);
        Assert.AreEqual(1, harness.Log.CountOf("watch of the things failed"));
        watcher.Step();

        Assert.EndsWith("=a=b", harness.Things.Taken);
        Assert.AreEqual(2, second.Writes);
    }

    [TestMethod]
    public void What_could_not_be_dealt_with_is_read_again_after_a_wait()
    {
        ResourceWatcherHarness harness = new ResourceWatcherHarness();
        FakeConnection connection = new FakeConnection(harness.Clock, Replies.Ok(TwoThings), Replies.Ok(TwoThings), StreamHead + StreamEnd);
        ResourceWatcher watcher = harness.NewWatcher(new FakeConnector(connection));
        harness.Things.Refused = "b";

        Assert.IsTrue(watcher.Step() > 0);
        Assert.AreEqual(1, connection.Writes);

        harness.Things.Refused = null;
        watcher.Step();
        Assert.AreEqual("=a=b=a=b", harness.Things.Taken);
        Assert.AreEqual(3, connection.Writes);
    }

    [TestMethod]
    public void A_version_that_is_not_known_any_more_ends_in_a_fresh_list()
    {
        ResourceWatcherHarness harness = new ResourceWatcherHarness();
        FakeConnection first = new FakeConnection(
            harness.Clock, Replies.Ok(TwoThings), StreamHead + Chunk("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"metadata\":{},\"code\":410}}\n"));
        first.End = ConnectionEnd.Silence;
        FakeConnection second = new FakeConnection(harness.Clock, Replies.Ok(TwoThings), StreamHead + StreamEnd);
        ResourceWatcher watcher = harness.NewWatcher(new FakeConnector(first, second));

        Assert.IsTrue(watcher.Step() > 0);
        watcher.Step();

        Assert.AreEqual("=a=b=a=b", harness.Things.Taken);
        Assert.StartsWith("GET /things HTTP/1.1", second.Sent);
    }

    [TestMethod]
    public void A_watch_that_falls_silent_is_followed_further_over_another_connection()
    {
        ResourceWatcherHarness harness = new ResourceWatcherHarness();
        FakeConnection first = new FakeConnection(harness.Clock, Replies.Ok(TwoThings), StreamHead + Event("ADDED", "c", "51"));
        first.End = ConnectionEnd.Silence;
        FakeConnection second = new FakeConnection(harness.Clock, StreamHead + Event("DELETED", "b", "53") + StreamEnd);
        ResourceWatcher watcher = harness.NewWatcher(new FakeConnector(first, second));
        long started = harness.Clock.Milliseconds;

        Assert.AreEqual(0, watcher.Step());
        Assert.AreEqual((long)ApiClient.MaxSilence, harness.Clock.Milliseconds - started);
        Assert.IsTrue(first.IsClosed);
        watcher.Step();

        Assert.AreEqual("=a=b+c-b", harness.Things.Taken);
        Assert.Contains("&resourceVersion=51 HTTP/1.1", second.Sent);
        Assert.AreEqual(0, harness.Log.CountOf("watch of the things failed"));
    }

    [TestMethod]
    public void A_refusal_is_told_once_and_asked_again_slowly()
    {
        ResourceWatcherHarness harness = new ResourceWatcherHarness();
        string no = Replies.Failure("403 Forbidden", "Forbidden", "things is forbidden");
        ResourceWatcher watcher = harness.NewWatcher(new FakeConnector(new FakeConnection(harness.Clock, no, no, no)));

        for (int i = 0; i < 3; i++)
        {
            Assert.IsTrue(watcher.Step() >= 2500 << i);
        }

        Assert.AreEqual(1, harness.Log.CountOf("things is forbidden"));
    }

    private static string Event(string type, string name, string version)
    {
        return Chunk("{\"type\":\"" + type + "\",\"object\":{\"metadata\":{\"name\":\"" + name + "\",\"resourceVersion\":\"" + version + "\"}}}\n");
    }

    private static string Chunk(string text)
    {
        return text.Length.ToString("X") + "\r\n" + text + "\r\n";
    }
}
