using System;
using PicoKubelet.Api;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Api;

/// <summary>What becomes of each kind of reply.</summary>
[TestClass]
public class ApiReplyTests
{
    private const string Json = "Content-Type: application/json\r\n";

    [TestMethod]
    [DataRow("200 OK")]
    [DataRow("201 Created")]
    [DataRow("202 Accepted")]
    public void Success_is_read(string status)
    {
        ApiHarness api = ApiHarness.WithReplies(Replies.Of(status, Json, "{\"other\":[1],\"value\":\"x\\u0041\",\"more\":{}}"));
        ValueReply reply = new ValueReply();

        ApiResult result = api.Client.Get("/a", ReplyForm.Whole, reply);

        Assert.IsTrue(result.IsOk);
        Assert.AreEqual(status.Substring(0, 3), result.StatusCode.ToString());
        Assert.AreEqual("xA", reply.Value);
    }

    [TestMethod]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", "200 garbled reply: not JSON; is this the API server?")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "200 garbled reply: not JSON; is this the API server?")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n", "200 garbled reply: cut short at byte 0")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{\"a\":", "200 garbled reply: cut short at byte 5")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n{} x", "200 garbled reply: ")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{}", "200 connection broken: body cut off")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: gzip\r\n\r\n{}", "garbled reply: Transfer-Encoding")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", "garbled reply: compressed, "
        + "which was not asked for; is there a proxy in between?")]
    [DataRow("HTTP/1.1 403 Forbidden\r\ncontent-encoding:  br\r\nContent-Length: 2\r\n\r\n{}", "garbled reply: compressed, which was not asked for; is there a proxy in between?")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: appl", "connection broken: line cut off")]
    [DataRow("HTTP/1.1 200 OK\r\n", "connection broken: head cut off")]
    [DataRow("", "connection broken: closed by the server")]
    [DataRow("HTTP/1.1 2x0 OK\r\n\r\n", "garbled reply: status line")]
    [DataRow("HTTP/1.1 099 OK\r\n\r\n", "garbled reply: status line")]
    [DataRow("HTTP/1.1  200 OK\r\n\r\n", "garbled reply: status line")]
    [DataRow("HTTP/2.0 200 OK\r\n\r\n", "garbled reply: status line")]
    [DataRow("HTTP/1.1\r\n\r\n", "garbled reply: status line")]
    [DataRow("SSH-2.0-OpenSSH_9.2\r\n", "garbled reply: status line")]
    public void A_reply_that_makes_no_sense_is_a_failure(string reply, string expected)
    {
        ManualClock clock = new ManualClock();
        FakeConnection first = new FakeConnection(clock, reply);
        FakeConnection second = new FakeConnection(clock, Replies.Ok("{}"));
        ApiHarness api = new ApiHarness(clock, first, second);

        ApiResult result = api.Get();

        Assert.StartsWith(expected, result.Describe());
        Assert.IsTrue(first.IsClosed);
        Assert.AreEqual(1, api.Connector.Attempts);
        Assert.AreEqual(1L, api.Client.Statistics.Failures);
        Assert.IsTrue(api.Get().IsOk);
    }

    [TestMethod]
    public void Identity_is_no_compression()
    {
        Assert.IsTrue(ApiHarness.WithReplies(Replies.Of("200 OK", Json + "Content-Encoding: Identity\r\n", "{}")).Get().IsOk);
    }

    [TestMethod]
    [DataRow("http://a:6443", "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n", "400 rejected: the server speaks HTTPS; apiServer must begin with https://")]
    [DataRow("http://a:6443", "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: 66\r\n\r\n"
        + "<html><title>400 The plain HTTP request was sent to HTTPS port</titl", "400 rejected: the server speaks HTTPS; apiServer must begin with https://")]
    [DataRow("http://a:6443", "\u0015\u0003\u0001\0\u0002\u0002F", "connection broken: the server speaks HTTPS; apiServer must begin with https://")]
    [DataRow("http://a:6443", "HTTP/1.1 400 Bad Request\r\nContent-Length: 4\r\n\r\noops", "400 rejected")]
    [DataRow("http://a:6443", "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nHTTPS", "404 not found")]
    [DataRow("https://a:6443", "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n", "400 rejected")]
    public void Plain_HTTP_to_a_TLS_server_is_told_so(string url, string reply, string expected)
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock, reply);
        ApiClient client = new ApiClient(new FakeConnector(connection), ApiEndpoint.Parse(url), null, clock, ApiHarness.Timeout);

        Assert.AreEqual(expected, client.Get("/a", ReplyForm.Whole, null).Describe());
    }

    [TestMethod]
    [DataRow("{\"metadata\":{\"name\":\"a\",\"uid\":\"1\"},\"n\":[1,2.5e3,true,null,\"\\u00e9\"]}")]
    public void A_document_that_is_cut_anywhere_is_no_success(string document)
    {
        for (int length = 0; length < document.Length; length++)
        {
            ApiHarness api = ApiHarness.WithReplies(Replies.Ok(document.Substring(0, length)));

            Assert.AreEqual("Garbled", ApiHarness.NameOf(api.Get().Outcome), length.ToString());
            Assert.AreEqual(0, api.Connector.OpenConnections);
        }
    }

    [TestMethod]
    public void Chunked_replies_and_such_until_close_are_read()
    {
        ManualClock clock = new ManualClock();
        FakeConnection chunked = new FakeConnection(
            clock,
            "HTTP/1.1 200 OK\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"val\r\n8\r\nue\":\"a\"}\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\n" + Json + "\r\n{\"value\":\"b\"}");
        ApiHarness api = new ApiHarness(clock, chunked);
        ValueReply reply = new ValueReply();

        Assert.IsTrue(api.Client.Get("/a", ReplyForm.Whole, reply).IsOk);
        Assert.AreEqual("a", reply.Value);
        Assert.AreEqual(1, api.Connector.OpenConnections);

        Assert.IsTrue(api.Client.Get("/b", ReplyForm.Whole, reply).IsOk);
        Assert.AreEqual("b", reply.Value);
        Assert.AreEqual(0, api.Connector.OpenConnections);
    }

    [TestMethod]
    public void Interim_replies_are_passed_over()
    {
        ApiHarness api = ApiHarness.WithReplies("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + Replies.Ok("{}"));

        ApiResult result = api.Get();

        Assert.AreEqual("200 ok", result.Describe());
        Assert.AreEqual(1, api.Connector.OpenConnections);
    }

    [TestMethod]
    public void A_reply_without_a_body_is_not_waited_for()
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock, "HTTP/1.1 304 Not Modified\r\nContent-Length: 50\r\n\r\n", Replies.Ok("{}"));
        ApiHarness api = new ApiHarness(clock, connection);

        Assert.AreEqual("304 rejected", api.Get().Describe());
        Assert.IsTrue(api.Get().IsOk);
        Assert.AreEqual(1, api.Connector.Attempts);
    }

    [TestMethod]
    public void A_large_object_streams_by()
    {
        ApiHarness api = ApiHarness.WithReplies(Replies.Ok("{\"large\":\"" + new string('x', 200000) + "\",\"value\":\"v\"}"), Replies.Ok("{}"));
        ValueReply reply = new ValueReply();

        Assert.IsTrue(api.Client.Get("/a", ReplyForm.Whole, reply).IsOk);
        Assert.AreEqual("v", reply.Value);
        Assert.IsTrue(api.Get().IsOk);
        Assert.AreEqual(1, api.Connector.Attempts);
    }

    [TestMethod]
    [DataRow(4096, 1)]
    [DataRow(100000, 2)]
    public void A_large_page_is_not_worth_reading(int size, int connections)
    {
        ManualClock clock = new ManualClock();
        FakeConnection first = new FakeConnection(clock, Replies.Of("502 Bad Gateway", "Content-Type: text/html\r\n", new string('x', size)), Replies.Ok("{}"));
        ApiHarness api = new ApiHarness(clock, first, new FakeConnection(clock, Replies.Ok("{}")));

        Assert.AreEqual("502 server error", api.Get().Describe());
        Assert.IsTrue(first.BytesGiven < 10000);
        Assert.AreEqual(connections == 2, first.IsClosed);
        Assert.IsTrue(api.Get().IsOk);
        Assert.AreEqual(connections, api.Connector.Attempts);
    }

    [TestMethod]
    public void Any_pieces_give_the_same()
    {
        string reply = "HTTP/1.1 409 Conflict\r\nServer: x\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\n"
            + "1b\r\n{\"reason\":\"AlreadyExists\",\"\r\n10\r\nmessage\":\"caf\\u0\r\n6\r\n0e9\"}\n\r\n0\r\n\r\n";
        for (int size = 1; size <= reply.Length; size++)
        {
            ManualClock clock = new ManualClock();
            FakeConnection connection = new FakeConnection(clock, reply, Replies.Ok("{}"));
            connection.PieceSize = size;
            ApiHarness api = new ApiHarness(clock, connection);

            Assert.AreEqual("409 AlreadyExists: caf\u00E9", api.Get().Describe(), size.ToString());
            Assert.AreEqual("200 ok", api.Get().Describe());
        }
    }

    [TestMethod]
    public void The_servers_time_is_noted_only_when_it_is_wanted()
    {
        string dated = "HTTP/1.1 401 Unauthorized\r\nDate: Fri, 23 Jan 2026 10:30:05 GMT\r\nContent-Length: 0\r\n\r\n";
        ApiHarness api = ApiHarness.WithReplies(dated, dated, "HTTP/1.1 401 Unauthorized\r\nDate: soon\r\nContent-Length: 0\r\n\r\n");

        api.Get();
        Assert.AreEqual(default(DateTime), api.Client.Date.Utc);

        api.Client.Date.IsWanted = true;
        api.Get();
        Assert.AreEqual(new DateTime(2026, 1, 23, 10, 30, 5), api.Client.Date.Utc);

        api.Get();
        Assert.AreEqual(new DateTime(2026, 1, 23, 10, 30, 5), api.Client.Date.Utc);
    }
}
