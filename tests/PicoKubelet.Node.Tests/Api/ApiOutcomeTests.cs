using PicoKubelet.Api;
using PicoKubelet.Tests.Fakes;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Api;

/// <summary>What the API server means by its failures.</summary>
[TestClass]
public class ApiOutcomeTests
{
    private const string Json = "Content-Type: application/json\r\n";

    [TestMethod]
    [DataRow("400 Bad Request", "BadRequest", "Rejected")]
    [DataRow("401 Unauthorized", "Unauthorized", "Unauthorized")]
    [DataRow("403 Forbidden", "Forbidden", "Forbidden")]
    [DataRow("404 Not Found", "NotFound", "NotFound")]
    [DataRow("405 Method Not Allowed", "MethodNotAllowed", "Rejected")]
    [DataRow("406 Not Acceptable", "NotAcceptable", "Rejected")]
    [DataRow("409 Conflict", "AlreadyExists", "AlreadyExists")]
    [DataRow("409 Conflict", "Conflict", "Conflict")]
    [DataRow("410 Gone", "Expired", "Rejected")]
    [DataRow("415 Unsupported Media Type", "UnsupportedMediaType", "Rejected")]
    [DataRow("422 Unprocessable Entity", "Invalid", "Invalid")]
    [DataRow("429 Too Many Requests", "TooManyRequests", "TooManyRequests")]
    [DataRow("500 Internal Server Error", "InternalError", "ServerError")]
    [DataRow("503 Service Unavailable", "ServiceUnavailable", "ServerError")]
    [DataRow("504 Gateway Timeout", "Timeout", "ServerError")]
    public void A_status_code_becomes_an_outcome(string status, string reason, string outcome)
    {
        ApiHarness api = ApiHarness.WithReplies(Replies.Failure(status, reason, "nodes \\\"a\\\": caf\\u00e9\\n\\/ \\ud83d\\ude00"), Replies.Ok("{}"));

        ApiResult result = api.Get();

        Assert.AreEqual(outcome, ApiHarness.NameOf(result.Outcome));
        Assert.AreEqual(status.Substring(0, 3), result.StatusCode.ToString());
        Assert.AreEqual(reason, result.Reason);
        Assert.AreEqual(status.Substring(0, 3) + " " + reason + ": nodes \"a\": caf\u00E9\n/ \U0001F600", result.Describe());
        Assert.AreEqual(0, result.RetryAfterMilliseconds);
        Assert.IsFalse(result.IsOk);

        // A failure that was read whole leaves the connection as good as before, and nothing of itself.
        result = api.Get();
        Assert.IsTrue(result.IsOk);
        Assert.AreEqual(200, result.StatusCode);
        Assert.IsNull(result.Reason);
        Assert.IsNull(result.Message);
        Assert.AreEqual("200 ok", result.Describe());
        Assert.AreEqual(1, api.Connector.Attempts);
        Assert.AreEqual(1L, api.Client.Statistics.Failures);
    }

    [TestMethod]
    [DataRow("429 Too Many Requests", "Retry-After: 7\r\n", "{}", "TooManyRequests", 7000)]
    [DataRow("429 Too Many Requests", "retry-after:  0\r\n", "{}", "TooManyRequests", 0)]
    [DataRow("429 Too Many Requests", "", "{\"retryAfterSeconds\":3}", "TooManyRequests", 3000)]
    [DataRow("429 Too Many Requests", "", "{\"name\":\"a\",\"retryAfterSeconds\":3,\"causes\":[]}", "TooManyRequests", 3000)]
    [DataRow("429 Too Many Requests", "Retry-After: 7\r\n", "{\"retryAfterSeconds\":3}", "TooManyRequests", 7000)]
    [DataRow("429 Too Many Requests", "", "{\"retryAfterSeconds\":-3}", "TooManyRequests", 0)]
    [DataRow("429 Too Many Requests", "", "{\"retryAfterSeconds\":\"3\"}", "TooManyRequests", 0)]
    [DataRow("429 Too Many Requests", "", "null", "TooManyRequests", 0)]
    [DataRow("429 Too Many Requests", "Retry-After: 300\r\n", "{}", "TooManyRequests", 300000)]
    [DataRow("429 Too Many Requests", "Retry-After: 301\r\n", "{}", "TooManyRequests", 300000)]
    [DataRow("429 Too Many Requests", "Retry-After: 999999999999999\r\n", "{}", "TooManyRequests", 300000)]
    [DataRow("429 Too Many Requests", "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", "{}", "TooManyRequests", 0)]
    [DataRow("429 Too Many Requests", "Retry-After: -1\r\n", "{}", "TooManyRequests", 0)]
    [DataRow("503 Service Unavailable", "Retry-After: 2\r\n", "{}", "TooManyRequests", 2000)]
    [DataRow("503 Service Unavailable", "", "{\"retryAfterSeconds\":2}", "TooManyRequests", 2000)]
    [DataRow("503 Service Unavailable", "", "{}", "ServerError", 0)]
    [DataRow("500 Internal Server Error", "", "{\"retryAfterSeconds\":2}", "ServerError", 2000)]
    public void The_server_may_ask_to_wait(string status, string header, string details, string outcome, int milliseconds)
    {
        ApiHarness api = ApiHarness.WithReplies(Replies.Failure(status, "R", "m", details, header), Replies.Failure("500 Oops", "R", "m"));

        ApiResult result = api.Get();
        Assert.AreEqual(outcome, ApiHarness.NameOf(result.Outcome));
        Assert.AreEqual(milliseconds, result.RetryAfterMilliseconds);

        Assert.AreEqual(0, api.Get().RetryAfterMilliseconds);
    }

    [TestMethod]
    [DataRow("text/plain", "404 page not found\n", "404 not found")]
    [DataRow("application/json", "", "404 not found")]
    [DataRow("application/json", "{\"message\":\"m\"", "404 not found: m")]
    [DataRow("application/json", "garbage", "404 not found")]
    [DataRow("application/json", "[]", "404 not found")]
    [DataRow("application/json", "{\"reason\":7,\"message\":null,\"details\":[1]}", "404 not found")]
    [DataRow("application/json", "{\"reason\":\"\",\"message\":\"\"}", "404 : ")]
    public void A_failure_needs_no_Status(string mediaType, string body, string expected)
    {
        ApiHarness api = ApiHarness.WithReplies(Replies.Of("404 Not Found", "Content-Type: " + mediaType + "\r\n", body));

        ApiResult result = api.Get();

        Assert.AreEqual("NotFound", ApiHarness.NameOf(result.Outcome));
        Assert.AreEqual(expected, result.Describe());
    }

    [TestMethod]
    public void One_failures_explanation_is_not_anothers()
    {
        ApiHarness api = ApiHarness.WithReplies(
            Replies.Failure("403 Forbidden", "Forbidden", "no", "{\"retryAfterSeconds\":3}"),
            Replies.Of("500 Oops", Json, "{}"));
        api.Get();

        ApiResult result = api.Get();

        Assert.AreEqual("500 server error", result.Describe());
        Assert.AreEqual(0, result.RetryAfterMilliseconds);
    }

    [TestMethod]
    public void A_failures_text_is_bounded()
    {
        ApiHarness api = ApiHarness.WithReplies(Replies.Failure("403 Forbidden", new string('r', 5000), new string('m', 5000)), Replies.Ok("{}"));

        ApiResult result = api.Get();

        Assert.AreEqual(48, result.Reason.Length);
        Assert.AreEqual(320, result.Message.Length);
        Assert.IsTrue(api.Get().IsOk);
    }

    [TestMethod]
    [DataRow("401 Unauthorized")]
    [DataRow("500 Oops")]
    public void A_failure_whose_explanation_breaks_off_is_still_that_failure(string status)
    {
        for (int end = 0; end < 3; end++)
        {
            ManualClock clock = new ManualClock();
            FakeConnection connection = new FakeConnection(clock, "HTTP/1.1 " + status + "\r\n" + Json + "Content-Length: 500\r\n\r\n{\"message\":\"m\",");
            connection.End = (ConnectionEnd)end;
            ApiHarness api = new ApiHarness(clock, connection);

            ApiResult result = api.Get();

            Assert.AreEqual(status == "500 Oops" ? "ServerError" : "Unauthorized", ApiHarness.NameOf(result.Outcome));
            Assert.AreEqual("m", result.Message);
            Assert.IsTrue(connection.IsClosed);
        }
    }
}
