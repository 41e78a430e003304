using PicoKubelet.Tests.Api;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Node;

/// <summary>What a failure means: how soon it is tried again, and what is told of it.</summary>
[TestClass]
public class RetryPolicyTests
{
    private const int Minute = 60 * 1000;

    [TestMethod]
    public void After_a_success_waits_begin_anew()
    {
        NodeHarness node = NodeHarness.Registered();
        for (int i = 0; i < 2; i++)
        {
            node.Server.IsDown = true;
            node.Run(5 * Minute);
            node.Server.IsDown = false;
            node.Run(10000);
        }

        int from = node.Server.Count;
        node.Server.Everything = Replies.Failure("500 Oops", "InternalError", "m");
        node.Run(20000);
        Assert.IsTrue(node.Server.Get(from + 1).At - node.Server.Get(from).At <= 100);
    }

    [TestMethod]
    public void After_a_success_slow_waits_begin_anew_too()
    {
        NodeHarness node = NodeHarness.Registered();
        string refusal = Replies.Failure("401 Unauthorized", "Unauthorized", "m");
        node.Server.Everything = refusal;
        node.Run(10 * Minute);
        node.Server.Everything = null;
        node.Run(2 * Minute);
        Assert.IsNull(node.State.LastError);

        int from = node.Server.Count;
        node.Server.Everything = refusal;
        node.Run(20000);
        Assert.IsTrue(node.Server.Get(from + 1).At - node.Server.Get(from).At <= 2000);
    }

    [TestMethod]
    public void Before_the_registration_a_slow_server_is_asked_within_a_bound_too()
    {
        // 20 s, and 30 more in the place of three times the 24 that a request has.
        NodeHarness node = new NodeHarness();
        node.Server.Delay = 24 * 1000;
        node.Server.Everything = Replies.Failure("500 Oops", "InternalError", "m");
        node.Run(60 * Minute);

        for (int i = 1; i < node.Server.Count; i++)
        {
            long since = node.Server.Get(i).At - node.Server.Get(i - 1).At;
            Assert.IsTrue(since <= 74500, since.ToString());
        }

        Assert.IsTrue(node.Server.Count > 40);
    }

    [TestMethod]
    [DataRow("401 Unauthorized", "Unauthorized")]
    [DataRow("403 Forbidden", "Forbidden")]
    [DataRow("422 Unprocessable Entity", "Invalid")]
    [DataRow("406 Not Acceptable", "NotAcceptable")]
    public void What_a_person_must_mend_is_tried_slowly_and_for_ever(string status, string reason)
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.Everything = Replies.Failure(status, reason, "call somebody");
        int from = node.Server.Count;
        node.Run(60 * Minute);
        int requests = node.Server.Count - from;
        Assert.IsTrue(requests > 60 && requests < 140, requests.ToString());
        Assert.AreEqual(status.Substring(0, 3) + " " + reason + ": call somebody", node.State.LastError);
        Assert.IsTrue(node.Log.CountOf("call somebody") <= 3);
        Assert.AreEqual(0, node.Board.Reboots);
        Assert.DoesNotContains(ApiHarness.Token, node.Log.Text);

        node.Server.Everything = null;
        node.Run(Minute + 1000);
        Assert.IsNull(node.State.LastError);
        Assert.IsTrue(node.State.IsRegistered);
    }

    [TestMethod]
    [DataRow("429 Too Many Requests", "Retry-After: 25\r\n", "{}")]
    [DataRow("429 Too Many Requests", "", "{\"retryAfterSeconds\":25}")]
    [DataRow("503 Service Unavailable", "Retry-After: 25\r\n", "{}")]
    public void A_server_that_asks_to_wait_is_obeyed(string status, string header, string details)
    {
        NodeHarness node = new NodeHarness();
        node.Server.Everything = Replies.Failure(status, "TooManyRequests", "later", details, header);
        node.Run(10 * Minute);

        for (int i = 1; i < node.Server.Count; i++)
        {
            long since = node.Server.Get(i).At - node.Server.Get(i - 1).At;
            // And longer by what keeps boards apart that were asked at the same time.
            Assert.IsTrue(since >= 25000 && since <= 46000, since.ToString());
        }

        Assert.IsTrue(node.Server.Count > 13);
    }

    [TestMethod]
    public void A_wait_that_the_Lease_does_not_outlive_is_cut_once_and_told()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Run(Minute);
        node.Server.Everything = Replies.Failure("429 Too Many Requests", "TooManyRequests", "later", "{}", "Retry-After: 300\r\n");
        int from = node.Server.Count;
        long last = node.State.LastHeartbeat;
        node.Run(10 * Minute);

        // When it was due, once more while the node is still Ready, and from then on as the server asks.
        Assert.IsTrue(node.Server.Get(from + 1).At <= last + 31000, (node.Server.Get(from + 1).At - last).ToString());
        Assert.IsTrue(node.Server.Get(from + 2).At - node.Server.Get(from + 1).At >= 300000);
        Assert.AreEqual(3, node.Server.Count - from);
        Assert.AreEqual(1, node.Log.CountOf("asks to wait 300 s, longer than a node stays Ready"));
        Assert.Contains("asks to wait 300 s", node.State.LastError);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void An_api_server_that_fails_is_not_stormed(bool wasRegistered)
    {
        NodeHarness node = wasRegistered ? NodeHarness.Registered() : new NodeHarness();
        int from = node.Server.Count;
        node.Server.Everything = Replies.Failure("500 Oops", "InternalError", "m");
        node.Run(5 * Minute);

        // 7 s at most between retries, 3.5 s at least once they are that long; before the registration 20 s and 10 s.
        int requests = node.Server.Count - from;
        Assert.IsTrue(wasRegistered ? requests >= 40 && requests <= 95 : requests >= 18 && requests <= 40, requests.ToString());
    }

    [TestMethod]
    public void Waits_between_retries_grow_from_100_ms_to_7_s()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.IsDown = true;
        AssertWaits(node, new int[] { 100, 200, 400, 800, 1600, 3200, 6400, 7000, 7000 });
    }

    [TestMethod]
    public void Before_the_registration_they_grow_to_12_s_while_nobody_is_there()
    {
        // Ready within 15 s of the API server's return, and not all at once. Where it is there and fails, they grow to 20 s: see above.
        NodeHarness node = new NodeHarness();
        node.Server.IsDown = true;
        AssertWaits(node, new int[] { 100, 200, 400, 800, 1600, 3200, 6400, 12000, 12000, 12000, 12000 });
    }

    [TestMethod]
    public void An_api_server_that_comes_back_is_found_within_its_longest_wait()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.IsDown = true;
        node.Run(10 * Minute);
        Assert.AreEqual("unreachable: connect: refused", node.State.LastError);
        Assert.AreEqual(0, node.Server.OpenConnections);

        node.Server.IsDown = false;
        node.Run(7000);
        Assert.IsNull(node.State.LastError);
        Assert.IsTrue(node.State.IsRegistered);
    }

    [TestMethod]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":tr")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 70\r\n\r\n{\"a\":tr")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>")]
    [DataRow("\0\u0001\u0002garbage\r\n\r\n")]
    [DataRow("")]
    public void Nonsense_is_a_failure_that_is_tried_again(string reply)
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.Everything = reply;
        node.Run(2 * Minute);
        Assert.IsTrue(node.State.HeartbeatsFailed > 10 && node.State.HeartbeatsFailed < 50, node.State.HeartbeatsFailed.ToString());
        Assert.AreEqual(0, node.Server.OpenConnections);
        Assert.IsTrue(node.Log.Count < 10);

        node.Server.Everything = null;
        node.Run(8000);
        Assert.IsNull(node.State.LastError);
    }

    private static void AssertWaits(NodeHarness node, int[] bounds)
    {
        while (node.State.LastError == null)
        {
            node.Clock.Advance(1);
            node.Node.Step();
        }

        int first = node.Server.Connects - 1;
        for (int i = 0; i < bounds.Length; i++)
        {
            long start = node.Clock.Milliseconds;
            RunToNextConnect(node, first + 1 + i);
            long wait = node.Clock.Milliseconds - start;
            Assert.IsTrue(wait >= bounds[i] / 2 && wait <= bounds[i], wait.ToString());
        }
    }

    private static void RunToNextConnect(NodeHarness node, int before)
    {
        while (node.Server.Connects == before)
        {
            node.Clock.Advance(1);
            node.Node.Step();
        }
    }
}
