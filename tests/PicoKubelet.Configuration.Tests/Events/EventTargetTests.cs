using nanoFramework.TestFramework;
using PicoKubelet.Events;
using PicoKubelet.Tests.Api;

namespace PicoKubelet.Tests.Events;

/// <summary>Events about other objects than the Node, and how many each may have.</summary>
[TestClass]
public class EventTargetTests
{
    private const int Burst = 25;
    private const int Refill = 300 * 1000;

    [TestMethod]
    public void An_event_is_in_its_objects_namespace()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        harness.Events.Record(NewPod("u1", "spec.containers{main}"), EventRecorder.Warning, EventReason.BackOff, "Back-off restarting failed container");
        Assert.IsTrue(harness.Events.Send().IsOk);

        Assert.AreEqual("/api/v1/namespaces/shop/events", harness.Server.Last.Path);
        Assert.Contains("\"metadata\":{\"name\":\"blink.", harness.Server.Last.Body);
        Assert.Contains(
            "\"namespace\":\"shop\"},\"involvedObject\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"namespace\":\"shop\",\"name\":\"blink\",\"uid\":\"u1\",\"fieldPath\":\"spec.containers{main}\"}",
            harness.Server.Last.Body);
        Assert.Contains("\"reason\":\"BackOff\"", harness.Server.Last.Body);
    }

    [TestMethod]
    public void Each_object_has_its_own()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        harness.Events.Record(NewPod("u1", null), EventRecorder.Normal, EventReason.Started, "m");
        harness.Events.Record(NewPod("u2", null), EventRecorder.Normal, EventReason.Started, "m");
        harness.Events.Record(NewPod("u2", "spec.containers{main}"), EventRecorder.Normal, EventReason.Started, "m");
        harness.Events.Record(NewPod("u1", null), EventRecorder.Normal, EventReason.Started, "m");
        SendAll(harness);

        Assert.AreEqual("create-event create-event create-event", harness.Server.Kinds());
        Assert.Contains("\"count\":2", harness.Server.Get(0).Body);

        // Recorded in one moment, and yet each has a name of its own.
        Assert.AreNotEqual(NameOf(harness, 0), NameOf(harness, 1));
        Assert.AreNotEqual(NameOf(harness, 1), NameOf(harness, 2));
    }

    [TestMethod]
    public void One_that_fails_again_and_again_becomes_no_load()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        EventTarget pod = NewPod("u1", null);
        for (int i = 0; i < 100; i++)
        {
            harness.Events.Record(pod, EventRecorder.Warning, EventReason.BackOff, "m");
            SendAll(harness);
        }

        Assert.AreEqual(Burst, harness.Server.Count);

        // Another object is not held up, and what was not told is counted with the next.
        harness.Events.Record(NewPod("u2", null), EventRecorder.Normal, EventReason.Started, "m");
        SendAll(harness);
        Assert.AreEqual(Burst + 1, harness.Server.Count);
        harness.Clock.Advance(Refill);
        harness.Events.Record(pod, EventRecorder.Warning, EventReason.BackOff, "m");
        harness.Events.Record(pod, EventRecorder.Warning, EventReason.BackOff, "m");
        SendAll(harness);
        Assert.AreEqual(Burst + 2, harness.Server.Count);
        Assert.Contains("\"count\":102", harness.Server.Last.Body);
    }

    [TestMethod]
    public void More_than_there_is_room_for_take_the_places_of_those_that_were_told()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        harness.Events.Record(EventRecorder.Normal, "A", "m");
        harness.Clock.Advance(1000);
        harness.Events.Record(EventRecorder.Normal, "B", "m");
        Assert.IsTrue(harness.Events.Send().IsOk);
        for (int i = 0; i < 7; i++)
        {
            harness.Clock.Advance(1000);
            harness.Events.Record(NewPod("u" + i.ToString(), null), EventRecorder.Normal, EventReason.Started, "m");
        }

        // A was told; B, though older than the others, was not.
        int from = harness.Server.Count;
        SendAll(harness);
        Assert.AreEqual(8, harness.Server.Count - from);
        Assert.Contains("\"reason\":\"B\"", harness.Server.Get(from).Body + harness.Server.Get(from + 1).Body);
    }

    [TestMethod]
    public void A_long_message_is_cut_and_a_secret_is_taken_out()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        harness.Conceal();
        harness.Events.Record(EventRecorder.Normal, "A", "says " + ApiHarness.Token + new string('x', 2000));
        SendAll(harness);

        Assert.DoesNotContains(ApiHarness.Token, harness.Server.Last.Body);
        Assert.IsTrue(harness.Server.Last.Body.Length < 1300);
    }

    private static EventTarget NewPod(string uid, string fieldPath)
    {
        return new EventTarget("Pod", "shop", "blink", uid, fieldPath);
    }

    private static string NameOf(EventRecorderHarness harness, int index)
    {
        string body = harness.Server.Get(index).Body;
        int start = body.IndexOf("\"name\":\"blink.");
        return body.Substring(start, 31);
    }

    private static void SendAll(EventRecorderHarness harness)
    {
        while (harness.Events.HasPending)
        {
            Assert.IsTrue(harness.Events.Send().IsOk);
        }
    }
}
