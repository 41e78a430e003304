using nanoFramework.TestFramework;
using PicoKubelet.Api;
using PicoKubelet.Api.Watch;
using PicoKubelet.Logging;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Api.Watch;

/// <summary>A resource of many objects is listed and followed. What the ConfigMap's tests show of a single one holds here too.</summary>
[TestClass]
public class ResourceWatcherTests
{
    private const string StreamHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string StreamEnd = "0\r\n\r\n";
    private const string TwoThings = "{\"kind\":\"ThingList\",\"metadata\":{\"resourceVersion\":\"50\"},\"items\":[{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\"},\"spec\":{\"x\":[1]}},"
        + "{\"spec\":null,\"metadata\":{\"name\":\"b\",\"resourceVersion\":\"9\"}}]}";

    private readonly ManualClock _clock = new ManualClock();
    private readonly RecordingLog _log = new RecordingLog();
    private readonly WatchedThings _things = new WatchedThings();

    [TestMethod]
    public void What_is_not_wanted_is_not_asked_for()
    {
        FakeConnector connector = new FakeConnector();
        _things.IsWanted = false;

        Assert.IsTrue(NewWatcher(connector).Step() > 0);
        Assert.AreEqual(0, connector.Attempts);
    }

    [TestMethod]
    public void A_list_is_taken_an_object_at_a_time_and_followed_from_its_version()
    {
        FakeConnection connection = new FakeConnection(
            _clock,
            Replies.Ok(TwoThings),
            StreamHead + Event("ADDED", "c", "51") + Event("MODIFIED", "a", "52") + Event("DELETED", "b", "53") + StreamEnd,
            StreamHead + StreamEnd);
        connection.PieceSize = 13;
        ResourceWatcher watcher = NewWatcher(new FakeConnector(connection));

        watcher.Step();
        Assert.AreEqual("=a=b+c~a-b", _things.Taken);
        Assert.AreEqual(2, _things.Count);
        Assert.Contains("GET /things?watch=1&timeoutSeconds=2", connection.Sent);
        Assert.Contains("&resourceVersion=50 HTTP/1.1", connection.Sent);

        watcher.Step();
        Assert.Contains("&resourceVersion=53 HTTP/1.1", connection.Sent);
        Assert.AreEqual(3, connection.Writes);
    }

    [TestMethod]
    public void An_empty_list_is_followed_too()
    {
        FakeConnection connection = new FakeConnection(_clock, Replies.Ok("{\"items\":[],\"metadata\":{\"resourceVersion\":\"50\"}}"), StreamHead + Event("ADDED", "a", "51") + StreamEnd);

        NewWatcher(new FakeConnector(connection)).Step();

        Assert.AreEqual("+a", _things.Taken);
        Assert.Contains("&resourceVersion=50 HTTP/1.1", connection.Sent);
    }

    [TestMethod]
    public void A_list_that_breaks_off_is_read_again_from_its_beginning()
    {
        string whole = Replies.Ok(TwoThings);
        FakeConnection first = new FakeConnection(_clock, whole.Substring(0, whole.Length - 20));
        FakeConnection second = new FakeConnection(_clock, whole, StreamHead + StreamEnd);
        ResourceWatcher watcher = NewWatcher(new FakeConnector(first, second));

        Assert.IsTrue(watcher.Step() > 0);
        Assert.AreEqual(1, _log.CountOf("watch of the things failed"));
        watcher.Step();

        Assert.EndsWith("=a=b", _things.Taken);
        Assert.AreEqual(2, second.Writes);
    }

    [TestMethod]
    public void What_could_not_be_dealt_with_is_read_again_after_a_wait()
    {
        FakeConnection connection = new FakeConnection(_clock, Replies.Ok(TwoThings), Replies.Ok(TwoThings), StreamHead + StreamEnd);
        ResourceWatcher watcher = NewWatcher(new FakeConnector(connection));
        _things.Refused = "b";

        Assert.IsTrue(watcher.Step() > 0);
        Assert.AreEqual(1, connection.Writes);

        _things.Refused = null;
        watcher.Step();
        Assert.AreEqual("=a=b=a=b", _things.Taken);
        Assert.AreEqual(3, connection.Writes);
    }

    [TestMethod]
    public void A_version_that_is_not_known_any_more_ends_in_a_fresh_list()
    {
        FakeConnection first = new FakeConnection(
            _clock, Replies.Ok(TwoThings), StreamHead + Chunk("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"metadata\":{},\"code\":410}}\n"));
        first.End = ConnectionEnd.Silence;
        FakeConnection second = new FakeConnection(_clock, Replies.Ok(TwoThings), StreamHead + StreamEnd);
        ResourceWatcher watcher = NewWatcher(new FakeConnector(first, second));

        Assert.IsTrue(watcher.Step() > 0);
        watcher.Step();

        Assert.AreEqual("=a=b=a=b", _things.Taken);
        Assert.StartsWith("GET /things HTTP/1.1", second.Sent);
    }

    [TestMethod]
    public void A_refusal_is_told_once_and_asked_again_slowly()
    {
        string no = Replies.Failure("403 Forbidden", "Forbidden", "things is forbidden");
        ResourceWatcher watcher = NewWatcher(new FakeConnector(new FakeConnection(_clock, no, no, no)));

        for (int i = 0; i < 3; i++)
        {
            Assert.IsTrue(watcher.Step() >= 2500 << i);
        }

        Assert.AreEqual(1, _log.CountOf("things is forbidden"));
    }

    private static string Event(string type, string name, string version)
    {
        return Chunk("{\"type\":\"" + type + "\",\"object\":{\"metadata\":{\"name\":\"" + name + "\",\"resourceVersion\":\"" + version + "\"}}}\n");
    }

    private static string Chunk(string text)
    {
        return text.Length.ToString("X") + "\r\n" + text + "\r\n";
    }

    private ResourceWatcher NewWatcher(FakeConnector connector)
    {
        ApiClient client = new ApiClient(connector, ApiEndpoint.Parse("https://api.example:6443"), ApiHarness.Token, _clock, ApiHarness.Timeout, 0);
        return new ResourceWatcher(client, _things, _clock, new Logger(_log, new TimeKeeper(_clock)), new SeededRandom(1));
    }
}
