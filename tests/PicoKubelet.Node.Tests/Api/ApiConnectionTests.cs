using PicoKubelet.Api;
using PicoKubelet.Tests.Fakes;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Api;

/// <summary>One connection, kept, opened again, and always closed.</summary>
[TestClass]
public class ApiConnectionTests
{
    [TestMethod]
    public void A_connection_is_kept()
    {
        ApiHarness api = ApiHarness.WithReplies(Replies.Ok("{}"), Replies.Ok("{}"), Replies.Ok("{}"));
        for (int i = 0; i < 3; i++)
        {
            Assert.IsTrue(api.Patch().IsOk);
        }

        Assert.AreEqual(1, api.Connector.Attempts);
        Assert.AreEqual(1, api.Connector.OpenConnections);

        api.Client.Close();
        Assert.AreEqual(0, api.Connector.OpenConnections);
        api.Client.Close();
    }

    [TestMethod]
    [DataRow("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")]
    [DataRow("HTTP/1.1 200 OK\r\nConnection: foo, Close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")]
    [DataRow("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 408 Request Timeout\r\n\r\n")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    public void A_connection_that_is_not_to_be_used_again_is_closed(string reply)
    {
        ManualClock clock = new ManualClock();
        FakeConnection first = new FakeConnection(clock, reply);
        ApiHarness api = new ApiHarness(clock, first, new FakeConnection(clock, Replies.Ok("{}")));

        Assert.IsTrue(api.Get().IsOk);
        Assert.IsTrue(first.IsClosed);
        Assert.IsTrue(api.Get().IsOk);
        Assert.AreEqual(2, api.Connector.Attempts);
    }

    [TestMethod]
    public void HTTP_1_0_keeps_a_connection_where_it_says_so()
    {
        ApiHarness api = ApiHarness.WithReplies("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", Replies.Ok("{}"));

        api.Get();
        api.Get();

        Assert.AreEqual(1, api.Connector.Attempts);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void A_kept_connection_that_is_dead_is_replaced_once(int end)
    {
        ManualClock clock = new ManualClock();
        FakeConnection kept = new FakeConnection(clock, Replies.Ok("{}"));
        kept.End = (ConnectionEnd)end;
        FakeConnection fresh = new FakeConnection(clock, Replies.Ok("{\"value\":\"v\"}"));
        ApiHarness api = new ApiHarness(clock, kept, fresh);
        ValueReply reply = new ValueReply();
        api.Patch();

        Assert.IsTrue(api.Client.Get("/b", ReplyForm.Whole, reply).IsOk);

        Assert.AreEqual("v", reply.Value);
        Assert.AreEqual(1, reply.Reads);
        Assert.StartsWith("GET /b HTTP/1.1\r\n", fresh.Sent);
        Assert.IsTrue(kept.IsClosed);
        Assert.AreEqual(1, api.Connector.OpenConnections);
        Assert.AreEqual(3L, api.Client.Statistics.Requests);
        Assert.AreEqual(2L, api.Client.Statistics.Connections);
        Assert.AreEqual(0L, api.Client.Statistics.Failures);
    }

    [TestMethod]
    public void A_kept_connection_that_takes_no_write_is_replaced()
    {
        ManualClock clock = new ManualClock();
        FakeConnection kept = new FakeConnection(clock, Replies.Ok("{}"));
        kept.GoodWrites = 1;
        FakeConnection fresh = new FakeConnection(clock, Replies.Ok("{}"));
        ApiHarness api = new ApiHarness(clock, kept, fresh);
        api.Patch();
        string first = kept.Sent;

        Assert.IsTrue(api.Patch().IsOk);
        Assert.AreEqual(first, fresh.Sent);
    }

    [TestMethod]
    [DataRow("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")]
    [DataRow("\r\n")]
    public void What_arrives_between_two_requests_is_the_reply_to_neither(string unsolicited)
    {
        ManualClock clock = new ManualClock();
        FakeConnection kept = new FakeConnection(clock, Replies.Ok("{}"));
        FakeConnection fresh = new FakeConnection(clock, Replies.Ok("{\"value\":\"v\"}"));
        ApiHarness api = new ApiHarness(clock, kept, fresh);
        api.Patch();
        kept.Unsolicited = unsolicited;
        ValueReply reply = new ValueReply();

        Assert.IsTrue(api.Client.Get("/b", ReplyForm.Whole, reply).IsOk);

        Assert.AreEqual("v", reply.Value);
        Assert.IsTrue(kept.IsClosed);
        Assert.AreEqual(1, kept.Writes);
        Assert.AreEqual(1, fresh.Writes);
        Assert.AreEqual(2L, api.Client.Statistics.Requests);
    }

    [TestMethod]
    public void A_connection_whose_end_is_seen_is_not_tried()
    {
        ManualClock clock = new ManualClock();
        FakeConnection kept = new FakeConnection(clock, Replies.Ok("{}"));
        ApiHarness api = new ApiHarness(clock, kept, new FakeConnection(clock, Replies.Ok("{}")));
        api.Patch();
        kept.IsEndVisible = true;

        Assert.IsTrue(api.Patch().IsOk);
        Assert.AreEqual(1, kept.Writes);
        Assert.AreEqual(1, api.Connector.OpenConnections);
    }

    [TestMethod]
    public void Only_once()
    {
        ManualClock clock = new ManualClock();
        ApiHarness api = new ApiHarness(clock, new FakeConnection(clock, Replies.Ok("{}")), new FakeConnection(clock), new FakeConnection(clock, Replies.Ok("{}")));
        api.Patch();

        Assert.AreEqual("connection broken: closed by the server", api.Patch().Describe());
        Assert.AreEqual(2, api.Connector.Attempts);
        Assert.AreEqual(0, api.Connector.OpenConnections);
        Assert.AreEqual(1L, api.Client.Statistics.Failures);
    }

    [TestMethod]
    public void A_new_connection_that_breaks_is_not_replaced()
    {
        ManualClock clock = new ManualClock();
        ApiHarness api = new ApiHarness(clock, new FakeConnection(clock), new FakeConnection(clock, Replies.Ok("{}")));

        Assert.AreEqual("Broken", ApiHarness.NameOf(api.Patch().Outcome));
        Assert.AreEqual(1, api.Connector.Attempts);
    }

    [TestMethod]
    [DataRow(0, "Broken")]
    [DataRow(1, "Broken")]
    [DataRow(2, "Timeout")]
    public void Nothing_is_sent_again_after_the_first_byte_of_a_reply(int end, string outcome)
    {
        string reply = Replies.Ok("{\"a\":1}");
        for (int length = 1; length < reply.Length; length++)
        {
            ManualClock clock = new ManualClock();
            FakeConnection kept = new FakeConnection(clock, Replies.Ok("{}"), reply.Substring(0, length));
            kept.End = (ConnectionEnd)end;
            ApiHarness api = new ApiHarness(clock, kept, new FakeConnection(clock, Replies.Ok("{}")));
            api.Patch();

            Assert.AreEqual(outcome, ApiHarness.NameOf(api.Patch().Outcome), length.ToString());
            Assert.AreEqual(1, api.Connector.Attempts);
            Assert.AreEqual(0, api.Connector.OpenConnections);
        }
    }

    [TestMethod]
    public void Nothing_of_one_reply_is_taken_for_the_next()
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(
            clock,
            Replies.Failure("409 Conflict", "AlreadyExists", "there is one", "{\"retryAfterSeconds\":5}"),
            Replies.Ok("{\"value\":\"a\"}"),
            Replies.Ok("{}"),
            Replies.Of("404 Not Found", "", ""));
        ApiHarness api = new ApiHarness(clock, connection);
        ValueReply reply = new ValueReply();

        Assert.AreEqual("409 AlreadyExists: there is one", api.Get().Describe());
        Assert.AreEqual("200 ok", api.Client.Get("/a", ReplyForm.Whole, reply).Describe());
        Assert.AreEqual("a", reply.Value);
        Assert.AreEqual("200 ok", api.Client.Get("/a", ReplyForm.Whole, reply).Describe());
        Assert.IsNull(reply.Value);
        ApiResult result = api.Get();
        Assert.AreEqual("404 not found", result.Describe());
        Assert.AreEqual(0, result.RetryAfterMilliseconds);
        Assert.AreEqual(1, api.Connector.Attempts);
    }

    [TestMethod]
    public void Requests_and_bytes_are_counted()
    {
        ManualClock clock = new ManualClock();
        string ok = Replies.Ok("{}");
        string gone = Replies.Failure("404 Not Found", "NotFound", "gone");
        FakeConnection first = new FakeConnection(clock, ok, gone);
        FakeConnection second = new FakeConnection(clock, ok);
        ApiHarness api = new ApiHarness(clock, first, second);

        api.Patch();
        api.Patch();
        api.Patch();

        ApiStatistics statistics = api.Client.Statistics;
        Assert.AreEqual(4L, statistics.Requests);
        Assert.AreEqual(1L, statistics.Failures);
        Assert.AreEqual(2L, statistics.Connections);
        Assert.AreEqual((long)(first.Sent.Length + second.Sent.Length), statistics.BytesSent);
        Assert.AreEqual((long)(ok.Length + gone.Length + ok.Length), statistics.BytesReceived);
    }
}
