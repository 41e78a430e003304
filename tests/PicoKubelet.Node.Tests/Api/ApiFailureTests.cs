using System;
using PicoKubelet.Api;
using PicoKubelet.Network;
using PicoKubelet.Tests.Fakes;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Api;

/// <summary>Servers that can not be reached, fall silent or dribble, and readers that fail: each is bounded and leaves no socket.</summary>
[TestClass]
public class ApiFailureTests
{
    [TestMethod]
    public void A_kept_connection_that_falls_silent_is_given_up_within_the_bound()
    {
        ManualClock clock = new ManualClock();
        FakeConnection kept = new FakeConnection(clock, Replies.Ok("{}"));
        kept.End = ConnectionEnd.Silence;
        ApiHarness api = new ApiHarness(clock, kept);
        api.Patch();
        long start = clock.Milliseconds;

        Assert.AreEqual("timeout: timed out", api.Patch().Describe());
        Assert.AreEqual((long)ApiHarness.Timeout, clock.Milliseconds - start);
        Assert.AreEqual(1, api.Connector.Attempts);
        Assert.IsTrue(kept.IsClosed);
    }

    [TestMethod]
    public void A_second_try_is_within_the_bound_of_the_first()
    {
        ManualClock clock = new ManualClock();
        FakeConnection kept = new FakeConnection(clock, Replies.Ok("{}"));
        FakeConnection fresh = new FakeConnection(clock);
        fresh.End = ConnectionEnd.Silence;
        ApiHarness api = new ApiHarness(clock, kept, fresh);
        api.Patch();
        kept.ReadMilliseconds = 5000;
        long start = clock.Milliseconds;

        Assert.AreEqual("timeout: timed out", api.Patch().Describe());
        Assert.AreEqual((long)ApiHarness.Timeout, clock.Milliseconds - start);
    }

    [TestMethod]
    public void A_read_that_begins_late_is_within_the_bound()
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock, Replies.Ok("{}"));
        connection.PieceSize = 20;
        connection.ReadMilliseconds = 7000;
        ApiHarness api = new ApiHarness(clock, connection);
        long start = clock.Milliseconds;

        Assert.AreEqual("timeout: timed out", api.Patch().Describe());
        Assert.AreEqual((long)ApiHarness.Timeout, clock.Milliseconds - start);
    }

    [TestMethod]
    [DataRow(0, "unreachable: resolve: no such host")]
    [DataRow(1, "unreachable: connect: no such host")]
    [DataRow(2, "unreachable: TLS handshake: no such host")]
    public void What_can_not_be_connected_is_unreachable(int phase, string expected)
    {
        ManualClock clock = new ManualClock();
        ApiHarness api = new ApiHarness(clock, new ConnectException((ConnectPhase)phase, "no such host"), new FakeConnection(clock, Replies.Ok("{}")));

        ApiResult result = api.Patch();

        Assert.AreEqual("Unreachable", ApiHarness.NameOf(result.Outcome));
        Assert.AreEqual(expected, result.Describe());
        Assert.AreEqual(1, api.Connector.Attempts);
        Assert.AreEqual(0L, api.Client.Statistics.Requests);
        Assert.AreEqual(0L, api.Client.Statistics.BytesReceived);
        Assert.AreEqual(1L, api.Client.Statistics.Failures);

        Assert.IsTrue(api.Patch().IsOk);
    }

    [TestMethod]
    public void A_server_that_went_away_between_two_requests_is_unreachable()
    {
        ManualClock clock = new ManualClock();
        ApiHarness api = new ApiHarness(clock, new FakeConnection(clock, Replies.Ok("{}")), new ConnectException(ConnectPhase.Connect, "refused"));
        api.Patch();

        Assert.AreEqual("unreachable: connect: refused", api.Patch().Describe());
        Assert.AreEqual(2, api.Connector.Attempts);
        Assert.AreEqual(0, api.Connector.OpenConnections);
    }

    [TestMethod]
    public void A_silent_server_is_given_up()
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock);
        connection.End = ConnectionEnd.Silence;
        ApiHarness api = new ApiHarness(clock, connection);
        long start = clock.Milliseconds;

        Assert.AreEqual("timeout: timed out", api.Patch().Describe());
        Assert.AreEqual((long)ApiHarness.Timeout, clock.Milliseconds - start);
        Assert.IsTrue(connection.IsClosed);
        Assert.AreEqual(1, api.Connector.Attempts);
    }

    [TestMethod]
    public void A_server_that_dribbles_is_given_up()
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock, Replies.Ok("{\"a\":\"" + new string('x', 1000) + "\"}"));
        connection.PieceSize = 1;
        connection.ReadMilliseconds = 1000;
        ApiHarness api = new ApiHarness(clock, connection);
        long start = clock.Milliseconds;

        Assert.AreEqual("timeout: deadline", api.Patch().Describe());
        Assert.AreEqual((long)ApiHarness.Timeout, clock.Milliseconds - start);
        Assert.IsTrue(connection.IsClosed);
    }

    [TestMethod]
    public void Running_out_of_memory_is_not_hidden_and_leaves_no_socket()
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock, Replies.Ok("{}"));
        ApiHarness api = new ApiHarness(clock, connection);

        Assert.ThrowsException(typeof(OutOfMemoryException), () => api.Client.Get("/a", ReplyForm.Whole, new FailingReply(new OutOfMemoryException())));
        Assert.IsTrue(connection.IsClosed);
    }

    [TestMethod]
    public void A_reader_that_fails_leaves_no_socket()
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock, Replies.Ok("{}"));
        ApiHarness api = new ApiHarness(clock, connection);

        Assert.IsFalse(api.Client.Get("/a", ReplyForm.Whole, new FailingReply(new InvalidOperationException("oops"))).IsOk);
        Assert.IsTrue(connection.IsClosed);
    }

    [TestMethod]
    public void The_token_is_in_no_result()
    {
        string[] replies =
        {
            "",
            "garbage",
            "HTTP/1.1 200 OK\r\n\r\n<html>",
            Replies.Failure("401 Unauthorized", "Unauthorized", "Unauthorized"),
            Replies.Failure("403 Forbidden", "Forbidden", "no"),
        };
        for (int i = 0; i < replies.Length; i++)
        {
            ApiHarness api = ApiHarness.WithReplies(replies[i]);

            Assert.DoesNotContains(ApiHarness.Token, api.Patch().Describe());
        }
    }
}
