using nanoFramework.TestFramework;
using PicoKubelet.Api;
using PicoKubelet.Events;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Events;

[TestClass]
public class EventRecorderTests
{
    private readonly ManualClock _clock = new ManualClock();
    private readonly FakeApiServer _server;
    private readonly EventRecorder _events;

    public EventRecorderTests()
    {
        _server = new FakeApiServer(_clock);
        TimeKeeper time = new TimeKeeper(_clock);
        time.Set(new System.DateTime(2026, 1, 23, 10, 30, 0));
        ApiClient client = new ApiClient(_server, ApiEndpoint.Parse("https://api.example:6443"), ApiHarness.Token, _clock, ApiHarness.Timeout);
        _events = new EventRecorder(client, "pico-node-1", time);
    }

    [TestMethod]
    public void An_event_is_about_the_node()
    {
        Assert.IsFalse(_events.HasPending);
        _events.Record(EventRecorder.Warning, "ConfigurationRejected", "led: \"x\" must be on");
        Assert.IsTrue(_events.HasPending);
        Assert.IsTrue(_events.Send().IsOk);
        Assert.IsFalse(_events.HasPending);
        Assert.AreEqual("POST", _server.Last.Verb);
        Assert.AreEqual("/api/v1/namespaces/default/events", _server.Last.Path);
        string body = _server.Last.Body;
        Assert.StartsWith("{\"apiVersion\":\"v1\",\"kind\":\"Event\",\"metadata\":{\"name\":\"pico-node-1.", body);
        Assert.Contains("\"namespace\":\"default\"},\"involvedObject\":{\"kind\":\"Node\",\"name\":\"pico-node-1\",\"uid\":\"pico-node-1\"}", body);
        Assert.EndsWith(
            ",\"type\":\"Warning\",\"reason\":\"ConfigurationRejected\",\"message\":\"led: \\\"x\\\" must be on\",\"source\":{\"component\":\"picokubelet\",\"host\":\"pico-node-1\"}"
            + ",\"firstTimestamp\":\"2026-01-23T10:30:00Z\",\"lastTimestamp\":\"2026-01-23T10:30:00Z\",\"count\":1}",
            body);
    }

    [TestMethod]
    public void Repeated_ones_raise_the_count()
    {
        Record("same", 1);
        Record("same", 2);
        Assert.AreEqual("create-event raise-event", _server.Kinds());
        Assert.AreEqual("PATCH", _server.Last.Verb);
        Assert.AreEqual("{\"lastTimestamp\":\"2026-01-23T10:31:00Z\",\"count\":2}", _server.Last.Body);
        Assert.StartsWith("/api/v1/namespaces/default/events/pico-node-1.", _server.Last.Path);
        Record("another", 1);
        Record("same", 1);
        Assert.AreEqual("create-event raise-event create-event create-event", _server.Kinds());
    }

    [TestMethod]
    public void Several_that_were_not_sent_yet_are_one_request()
    {
        _events.Record(EventRecorder.Normal, "A", "m");
        _events.Record(EventRecorder.Normal, "A", "m");
        _events.Record(EventRecorder.Normal, "B", "n");
        while (_events.HasPending)
        {
            Assert.IsTrue(_events.Send().IsOk);
        }

        Assert.AreEqual("create-event create-event", _server.Kinds());
        Assert.Contains("\"count\":2", _server.Get(0).Body);
    }

    [TestMethod]
    public void One_that_has_expired_is_created_anew()
    {
        Record("same", 1);
        _server.Answer("raise-event", Replies.Failure("404 Not Found", "NotFound", "gone"));
        Record("same", 1);
        Assert.AreEqual("create-event raise-event create-event", _server.Kinds());
        Assert.Contains("\"firstTimestamp\":\"2026-01-23T10:31:00Z\"", _server.Last.Body);
    }

    [TestMethod]
    [DataRow("403 Forbidden", "Forbidden", false)]
    [DataRow("404 Not Found", "NotFound", false)]
    [DataRow("422 Unprocessable Entity", "Invalid", false)]
    [DataRow("500 Oops", "InternalError", true)]
    [DataRow("429 Too Many Requests", "TooManyRequests", true)]
    public void What_the_API_server_refuses_for_good_is_dropped(string status, string reason, bool isKept)
    {
        _server.Answer("create-event", Replies.Failure(status, reason, "no"));
        _events.Record(EventRecorder.Normal, "A", "m");
        Assert.IsFalse(_events.Send().IsOk);
        Assert.AreEqual(isKept, _events.HasPending);
    }

    [TestMethod]
    public void One_whose_reply_was_lost_is_there()
    {
        _server.Answer("create-event", Replies.Failure("409 Conflict", "AlreadyExists", "events already exists"));
        _events.Record(EventRecorder.Normal, "A", "m");
        Assert.IsTrue(_events.Send().IsOk);
        Assert.IsFalse(_events.HasPending);
    }

    private void Record(string message, int count)
    {
        _events.Record(EventRecorder.Normal, "A", message);
        Assert.IsTrue(_events.Send().IsOk);
        Assert.Contains("\"count\":" + count.ToString(), _server.Last.Body);
        _clock.Advance(60000);
    }
}
