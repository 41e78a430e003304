using nanoFramework.TestFramework;
using PicoKubelet.Tests.Api;

namespace PicoKubelet.Tests.Pods;

[TestClass]
public class PodRejectionTests
{
    private const string Ok = "{\"metadata\":{}}";
    private const string Nothing = "{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[]}";

    [TestMethod]
    public void ForeignPod_IsFailed_AndTheNextOneMoreSlowly()
    {
        PodHarness pods = new PodHarness(Replies.Ok(Ok), Replies.Ok(Ok), Replies.Ok(Ok));
        for (int i = 0; i < 3; i++)
        {
            pods.Apply(PodText.Swap(PodText.Of(name: "foreign-" + i.ToString()), "picokubelet\"", "runc\""));
        }

        pods.Rejection.Do();
        Assert.Contains("\"status\":{\"phase\":\"Failed\",\"reason\":\"UnsupportedRuntime\",\"message\":\"this node is a microcontroller", pods.Connection.Sent);
        int first = pods.Rejection.UntilDue();
        pods.Clock.Advance(first);
        pods.Rejection.Do();

        Assert.IsTrue(first > 0);
        Assert.AreEqual(first * 2, pods.Rejection.UntilDue());
        Assert.AreEqual(0, pods.Table.Count);
    }

    [TestMethod]
    public void DeletedPod_ThatNeverRanHere_IsConfirmed()
    {
        PodHarness pods = new PodHarness(Replies.Ok(Ok));
        pods.Apply(PodText.Deleted(30));
        pods.Rejection.Do();

        Assert.Contains("DELETE /api/v1/namespaces/default/pods/blink HTTP/1.1", pods.Connection.Sent);
        Assert.AreEqual(int.MaxValue, pods.Rejection.UntilDue());
    }

    [TestMethod]
    public void RefusalThatHadToBeTriedAgain_MakesTheNextNoSlower()
    {
        string failure = Replies.Failure("500 Oops", "InternalError", "m");
        PodHarness pods = new PodHarness(failure, failure, failure, failure, Replies.Ok(Ok));
        for (int i = 0; i < 2; i++)
        {
            pods.Apply(PodText.Swap(PodText.Of(name: "foreign-" + i.ToString()), "picokubelet\"", "runc\""));
        }

        for (int i = 0; i < 5; i++)
        {
            pods.Clock.Advance(pods.Rejection.UntilDue());
            pods.Rejection.Do();
        }

        Assert.AreEqual(5, pods.Connection.Writes);
        Assert.AreEqual(250, pods.Rejection.UntilDue());
    }

    [TestMethod]
    public void DeletionThatIsRefusedOnce_IsConfirmedAgain()
    {
        string notFound = Replies.Failure("404 Not Found", "NotFound", "pods \"blink\" not found");
        string forbidden = Replies.Failure("403 Forbidden", "Forbidden", "node pico-1 can only delete pods with spec.nodeName set to itself");
        PodHarness pods = new PodHarness(notFound, forbidden, Replies.Ok(Ok));
        pods.Apply(PodText.Deleted(30));
        for (int i = 0; i < 3; i++)
        {
            Assert.IsTrue(pods.Rejection.UntilDue() <= 1000);
            pods.Clock.Advance(pods.Rejection.UntilDue());
            pods.Rejection.Do();
        }

        Assert.AreEqual(3, pods.Connection.Writes);
        Assert.AreEqual(int.MaxValue, pods.Rejection.UntilDue());
    }

    [TestMethod]
    public void PodThatIsNotFoundForSeconds_IsGone()
    {
        string notFound = Replies.Failure("404 Not Found", "NotFound", "pods \"blink\" not found");
        PodHarness pods = new PodHarness(notFound, notFound, notFound, notFound, notFound, notFound);
        pods.Apply(PodText.Deleted(30));
        long begin = pods.Clock.Milliseconds;
        while (pods.Rejection.UntilDue() < int.MaxValue)
        {
            pods.Clock.Advance(pods.Rejection.UntilDue());
            pods.Rejection.Do();
        }

        Assert.AreEqual(5, pods.Connection.Writes);
        Assert.IsTrue(pods.Clock.Milliseconds - begin >= 3750 && pods.Clock.Milliseconds - begin <= 7500);
    }

    [TestMethod]
    public void PodsBeyondTheBoardsRoom_AreRefusedInTheKubeletsWords()
    {
        PodHarness pods = new PodHarness(Replies.Ok(Ok));
        pods.Apply(PodText.Of(PodText.ContainerLimited("\"memory\":\"1Mi\"")));
        pods.Rejection.Do();

        Assert.Contains("\"reason\":\"OutOfmemory\",\"message\":\"Pod Node didn't have enough resource: memory, requested: 1054720, used: 0, capacity: 28672\"", pods.Connection.Sent);
    }

    [TestMethod]
    public void BoardWithoutRoom_LooksNowAndThen_AndFailsWhatIsBoundToIt()
    {
        string items = Item("a", "") + "," + Item("b", ",\"deletionTimestamp\":\"2026-01-23T10:31:00Z\"");
        PodHarness pods = new PodHarness(Replies.Ok("{\"items\":[" + items + "]}"), Replies.Ok(Ok), Replies.Ok(Ok), Replies.Ok(Nothing));
        pods.Rejection.LookFor("pico-1");

        Assert.AreEqual(0, pods.Rejection.UntilDue());
        pods.Rejection.Do();
        Assert.Contains(
            "GET /api/v1/pods?resourceVersion=0&fieldSelector=spec.nodeName%3Dpico-1%2Cstatus.phase%21%3DFailed%2Cstatus.phase%21%3DSucceeded HTTP/1.1", pods.Connection.Sent);
        Assert.Contains("Accept: application/json;as=PartialObjectMetadataList", pods.Connection.Sent);

        pods.Rejection.Do();
        Assert.Contains("PATCH /api/v1/namespaces/default/pods/a/status HTTP/1.1", pods.Connection.Sent);
        Assert.Contains(
            "{\"metadata\":{\"uid\":\"uid-of-a\"},\"status\":{\"phase\":\"Failed\",\"reason\":\"OutOfpods\",\"message\":\"Pod Node didn't have enough resource: pods, "
            + "requested: 1, used: 0, capacity: 0\"}}", pods.Connection.Sent);
        Assert.IsTrue(pods.Events.HasPending);
        pods.Clock.Advance(pods.Rejection.UntilDue());
        pods.Rejection.Do();
        Assert.Contains("DELETE /api/v1/namespaces/default/pods/b HTTP/1.1", pods.Connection.Sent);

        int wait = pods.Rejection.UntilDue();
        Assert.IsTrue(wait > 80000 && wait <= 120000);
        pods.Clock.Advance(wait);
        pods.Rejection.Do();
        Assert.AreEqual(4, pods.Connection.Writes);
    }

    [TestMethod]
    public void PodThatIsDeletedWhileItIsRefused_IsConfirmedToo()
    {
        PodHarness pods = new PodHarness(
            Replies.Ok("{\"items\":[" + Item("a", "") + "]}"), Replies.Ok("{\"metadata\":{\"deletionTimestamp\":\"2026-01-23T10:31:00Z\"}}"), Replies.Ok(Ok));
        pods.Rejection.LookFor("pico-1");
        pods.Rejection.Do();
        pods.Rejection.Do();
        Assert.Contains("PATCH /api/v1/namespaces/default/pods/a/status HTTP/1.1", pods.Connection.Sent);
        Assert.AreEqual(0, pods.Rejection.UntilDue());
        pods.Rejection.Do();

        Assert.Contains("DELETE /api/v1/namespaces/default/pods/a HTTP/1.1", pods.Connection.Sent);
        Assert.IsTrue(pods.Rejection.UntilDue() > 80000);
    }

    [TestMethod]
    public void MorePodsThanItCanNote_AreReadBehindTheFirstOnes()
    {
        string items = "";
        for (int i = 0; i < 10; i++)
        {
            items += (i > 0 ? "," : "") + Item("held-" + i.ToString(), ",\"deletionTimestamp\":\"2026-01-23T10:31:00Z\"");
        }

        // Somebody's finalizers keep all of them.
        string list = Replies.Ok("{\"items\":[" + items + "]}");
        string ok = Replies.Ok(Ok);
        PodHarness pods = new PodHarness(list, ok, ok, ok, ok, ok, ok, ok, ok, list, ok, ok);
        pods.Rejection.LookFor("pico-1");
        for (int i = 0; i < 12; i++)
        {
            Assert.AreEqual(0, pods.Rejection.UntilDue());
            pods.Rejection.Do();
        }

        Assert.Contains("DELETE /api/v1/namespaces/default/pods/held-9 HTTP/1.1", pods.Connection.Sent);
        Assert.IsTrue(pods.Rejection.UntilDue() > 80000);
    }

    [TestMethod]
    public void MissingRights_AreToldOnce_AndLookedAtAgainRarely()
    {
        string forbidden = Replies.Failure("403 Forbidden", "Forbidden", "pods is forbidden");
        PodHarness pods = new PodHarness(forbidden, forbidden);
        pods.Rejection.LookFor("pico-1");
        pods.Rejection.Do();

        Assert.AreEqual(3600 * 1000, pods.Rejection.UntilDue());
        pods.Clock.Advance(3600 * 1000);
        pods.Rejection.Do();
        Assert.AreEqual(1, pods.Log.CountOf("pods that are bound to this node can not be refused"));
    }

    private static string Item(string name, string metadata)
    {
        return "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"default\",\"uid\":\"uid-of-" + name + "\"" + metadata + "}}";
    }
}
