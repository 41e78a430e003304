using PicoKubelet.Settings;
using nanoFramework.TestFramework;
using PicoKubelet.Api;
using PicoKubelet.Json;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Api;

/// <summary>What is sent, byte for byte.</summary>
[TestClass]
public class ApiRequestTests
{
    private const string FixedHeaders = "Host: api.example:6443\r\nAuthorization: Bearer " + ApiHarness.Token + "\r\n";
    private const string UserAgent = "User-Agent: picokubelet/0.1.0\r\n";
    private const string AcceptMetadata = "Accept: application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json\r\n";

    [TestMethod]
    [DataRow("PATCH", "application/merge-patch+json")]
    [DataRow("PATCH", "application/strategic-merge-patch+json")]
    [DataRow("POST", "application/json")]
    [DataRow("DELETE", "application/json")]
    public void A_body_is_announced_with_its_type_and_length(string verb, string mediaType)
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock, Replies.Ok("{}"));
        ApiHarness api = new ApiHarness(clock, connection);

        JsonWriter json = api.Client.Begin(verb, "/api/v1/nodes/a", mediaType);
        json.BeginObject();
        json.Property("a", "\u00E9");
        json.EndObject();
        Assert.IsTrue(api.Client.Send(null).IsOk);

        Assert.AreEqual(
            verb + " /api/v1/nodes/a HTTP/1.1\r\n" + FixedHeaders + (verb == "POST" ? UserAgent : "") + AcceptMetadata
            + "Content-Type: " + mediaType + "\r\nContent-Length:   10\r\n\r\n{\"a\":\"\u00E9\"}",
            connection.Sent);
        Assert.AreEqual("tls api.example:6443", api.Connector.Target);
        Assert.AreEqual(1, connection.Writes);
    }

    [TestMethod]
    [DataRow(false, AcceptMetadata)]
    [DataRow(true, "Accept: application/json\r\n")]
    public void A_read_asks_for_the_metadata_unless_all_is_needed(bool wholeObject, string accept)
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock, Replies.Ok("{}"));
        ApiHarness api = new ApiHarness(clock, connection);

        api.Client.Get("/version", wholeObject ? ReplyForm.Whole : ReplyForm.Metadata, null);

        Assert.AreEqual("GET /version HTTP/1.1\r\n" + FixedHeaders + accept + "\r\n", connection.Sent);
    }

    [TestMethod]
    [DataRow(0, "application/json")]
    [DataRow(1, "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json")]
    [DataRow(2, "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json")]
    [DataRow(3, "application/vnd.kubernetes.protobuf,application/json")]
    [DataRow(4, "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json")]
    public void Each_form_of_a_reply_has_its_Accept(int form, string accept)
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock, Replies.Ok("{}"));
        ApiHarness api = new ApiHarness(clock, connection);

        api.Client.Get("/a", (ReplyForm)form, null);

        Assert.Contains("\r\nAccept: " + accept + "\r\n", connection.Sent);
    }

    [TestMethod]
    public void Without_a_token_there_is_no_authorization()
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock, Replies.Ok("{}"));
        FakeConnector connector = new FakeConnector(connection);
        ApiClient client = new ApiClient(connector, ApiEndpoint.Parse("http://10.0.0.1"), null, clock, 1000);

        client.Get("/version", ReplyForm.Whole, null);

        Assert.AreEqual("GET /version HTTP/1.1\r\nHost: 10.0.0.1:80\r\nAccept: application/json\r\n\r\n", connection.Sent);
        Assert.AreEqual("tcp 10.0.0.1:80", connector.Target);
    }

    [TestMethod]
    [DataRow(2, "    2")]
    [DataRow(9, "    9")]
    [DataRow(10, "   10")]
    [DataRow(999, "  999")]
    [DataRow(1000, " 1000")]
    [DataRow(3072, " 3072")]
    public void The_length_follows_blanks(int length, string expected)
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock, Replies.Ok("{}"), Replies.Ok("{}"));
        ApiHarness api = new ApiHarness(clock, connection);

        // After a longer one, whose digits must not stay.
        Send(api, 4000);
        int before = connection.Sent.Length;
        Assert.IsTrue(Send(api, length).IsOk);

        string sent = connection.Sent.Substring(before);
        Assert.Contains("\r\nContent-Length:" + expected + "\r\n\r\n", sent);
        Assert.AreEqual(length, sent.Length - sent.IndexOf("\r\n\r\n") - 4);
    }

    [TestMethod]
    public void A_body_that_does_not_fit_is_not_sent()
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock, Replies.Failure("429 Too Many Requests", "TooManyRequests", "slow down", "{\"retryAfterSeconds\":9}"), Replies.Ok("{}"));
        ApiHarness api = new ApiHarness(clock, connection);
        api.Get();
        int before = connection.Sent.Length;

        ApiResult result = Send(api, 6000);

        Assert.AreEqual("TooLarge", ApiHarness.NameOf(result.Outcome));
        Assert.AreEqual("request too large", result.Describe());
        Assert.AreEqual(0, result.RetryAfterMilliseconds);
        Assert.AreEqual(before, connection.Sent.Length);
        Assert.AreEqual(1L, api.Client.Statistics.Requests);
        Assert.AreEqual(2L, api.Client.Statistics.Failures);

        Assert.IsTrue(api.Patch().IsOk);
    }

    [TestMethod]
    public void A_head_that_does_not_fit_is_not_sent()
    {
        ManualClock clock = new ManualClock();
        FakeConnection connection = new FakeConnection(clock, Replies.Ok("{}"));
        ApiHarness api = new ApiHarness(clock, connection);
        string path = "/" + new string('x', 5000);

        Assert.AreEqual("TooLarge", ApiHarness.NameOf(api.Client.Get(path, ReplyForm.Whole, null).Outcome));
        JsonWriter json = api.Client.Begin(Verb.Patch, path, MediaType.MergePatch);
        json.BeginObject();
        json.EndObject();
        Assert.AreEqual("TooLarge", ApiHarness.NameOf(api.Client.Send(null).Outcome));

        Assert.AreEqual(0, connection.Sent.Length);
        Assert.AreEqual(0, api.Connector.Attempts);
        Assert.IsTrue(api.Get().IsOk);
    }

    private static ApiResult Send(ApiHarness api, int length)
    {
        JsonWriter json = api.Client.Begin(Verb.Post, "/x", MediaType.Json);
        json.Value(new string('x', length - 2));
        return api.Client.Send(null);
    }
}
