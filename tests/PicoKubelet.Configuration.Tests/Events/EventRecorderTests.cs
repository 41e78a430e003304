using nanoFramework.TestFramework;
using PicoKubelet.Events;
using PicoKubelet.Tests.Api;

namespace PicoKubelet.Tests.Events;

[TestClass]
public class EventRecorderTests
{
    [TestMethod]
    public void An_event_is_about_the_node()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        Assert.IsFalse(harness.Events.HasPending);
        harness.Events.Record(EventRecorder.Warning, "ConfigurationRejected", "led: \"x\" must be on");
        Assert.IsTrue(harness.Events.HasPending);
        Assert.IsTrue(harness.Events.Send().IsOk);
        Assert.IsFalse(harness.Events.HasPending);
        Assert.AreEqual("POST", harness.Server.Last.Verb);
        Assert.AreEqual("/api/v1/namespaces/default/events", harness.Server.Last.Path);
        string body = harness.Server.Last.Body;
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
        EventRecorderHarness harness = new EventRecorderHarness();
        harness.Record("same", 1);
        harness.Record("same", 2);
        Assert.AreEqual("create-event raise-event", harness.Server.Kinds());
        Assert.AreEqual("PATCH", harness.Server.Last.Verb);
        Assert.AreEqual("{\"lastTimestamp\":\"2026-01-23T10:31:00Z\",\"count\":2}", harness.Server.Last.Body);
        Assert.StartsWith("/api/v1/namespaces/default/events/pico-node-1.", harness.Server.Last.Path);
        harness.Record("another", 1);
        harness.Record("same", 1);
        Assert.AreEqual("create-event raise-event create-event create-event", harness.Server.Kinds());
    }

    [TestMethod]
    public void One_that_fails_does_not_hold_up_another()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        harness.Server.Answer("create-event", Replies.Failure("500 Oops", "InternalError", "m"));
        harness.Events.Record(EventRecorder.Normal, "A", "m");
        harness.Events.Record(EventRecorder.Normal, "B", "n");
        for (int i = 0; i < 5; i++)
        {
            Assert.IsFalse(harness.Events.Send().IsOk);
            Assert.Contains(i % 2 == 0 ? "\"reason\":\"A\"" : "\"reason\":\"B\"", harness.Server.Last.Body);
        }

        harness.Server.Answer("create-event", null);
        Assert.IsTrue(harness.Events.Send().IsOk);
        Assert.IsTrue(harness.Events.Send().IsOk);
        Assert.IsFalse(harness.Events.HasPending);
    }

    [TestMethod]
    public void Who_asks_before_is_told_when_one_waits_and_when_its_object_has_had_too_many()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        EventTarget one = new EventTarget("Pod", "default", "p", "u", "spec.containers{one}");
        EventTarget other = new EventTarget("Pod", "default", "p", "u", "spec.containers{other}");
        for (int i = 0; i < 25; i++)
        {
            Assert.IsTrue(harness.Events.IsReadyFor(one), i.ToString());
            harness.Events.Record(one, EventRecorder.Normal, "A", "m" + i.ToString());
            Assert.IsFalse(harness.Events.IsReadyFor(one));
            Assert.IsTrue(harness.Events.IsReadyFor(other));
            Assert.IsTrue(harness.Events.Send().IsOk);
        }

        harness.Clock.Advance(299 * 1000);
        Assert.IsFalse(harness.Events.IsReadyFor(one));
        Assert.IsTrue(harness.Events.IsReadyFor(other));
        harness.Clock.Advance(1000);
        Assert.IsTrue(harness.Events.IsReadyFor(one));
    }

    [TestMethod]
    public void Several_that_were_not_sent_yet_are_one_request()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        harness.Events.Record(EventRecorder.Normal, "A", "m");
        harness.Events.Record(EventRecorder.Normal, "A", "m");
        harness.Events.Record(EventRecorder.Normal, "B", "n");
        while (harness.Events.HasPending)
        {
            Assert.IsTrue(harness.Events.Send().IsOk);
        }

        Assert.AreEqual("create-event create-event", harness.Server.Kinds());
        Assert.Contains("\"count\":2", harness.Server.Get(0).Body);
    }

    [TestMethod]
    public void One_that_has_expired_is_created_anew()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        harness.Record("same", 1);
        harness.Server.Answer("raise-event", Replies.Failure("404 Not Found", "NotFound", "gone"));
        harness.Record("same", 1);
        Assert.AreEqual("create-event raise-event create-event", harness.Server.Kinds());
        Assert.Contains("\"firstTimestamp\":\"2026-01-23T10:31:00Z\"", harness.Server.Last.Body);
    }

    [TestMethod]
    [DataRow("403 Forbidden", "Forbidden", false)]
    [DataRow("404 Not Found", "NotFound", false)]
    [DataRow("422 Unprocessable Entity", "Invalid", false)]
    [DataRow("500 Oops", "InternalError", true)]
    [DataRow("429 Too Many Requests", "TooManyRequests", true)]
    public void What_the_API_server_refuses_for_good_is_dropped(string status, string reason, bool isKept)
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        harness.Server.Answer("create-event", Replies.Failure(status, reason, "no"));
        harness.Events.Record(EventRecorder.Normal, "A", "m");
        Assert.IsFalse(harness.Events.Send().IsOk);
        Assert.AreEqual(isKept, harness.Events.HasPending);
    }

    [TestMethod]
    public void One_whose_reply_was_lost_is_there()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        harness.Server.Answer("create-event", Replies.Failure("409 Conflict", "AlreadyExists", "events already exists"));
        harness.Events.Record(EventRecorder.Normal, "A", "m");
        Assert.IsTrue(harness.Events.Send().IsOk);
        Assert.IsFalse(harness.Events.HasPending);
    }
}
