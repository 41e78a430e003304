using nanoFramework.TestFramework;
using PicoKubelet.Http.Server;
using PicoKubelet.Logging;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Http.Server;

/// <summary>What a route gets to know of a request, and an answer that goes on.</summary>
[TestClass]
public class RoutedHandlerTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n";

    [TestMethod]
    [DataRow("/logs", "none none none without times")]
    [DataRow("/logs/", " none none without times")]
    [DataRow("/logs/default", "default none none without times")]
    [DataRow("/logs/default/app-1?tailLines=20", "default app-1 20 without times")]
    [DataRow("/logs/a%2Db/c?x=1&timestamps&tailLines=2%30%2b+", "a-b c 20+  with times")]
    [DataRow("/logs?timestamps=true", "none none none with times")]
    [DataRow("/logs?timestamps=1&tailLines", "none none  with times")]
    [DataRow("/logs?timestamps=false&tailLines=", "none none  without times")]
    [DataRow("/logs?notailLines=1&tailLine=2&tailLinesx=3&tail%4cines=4", "none none none without times")]
    [DataRow("/logs?tailLines=1&tailLines=2", "none none 1 without times")]
    public void A_route_knows_the_parts_of_its_path_and_the_parameters(string target, string expected)
    {
        Assert.AreEqual(expected, HttpAnswer.BodyOf(Get(target)));
    }

    [TestMethod]
    [DataRow("/logs/a", 200)]
    [DataRow("/logsx", 404)]
    [DataRow("/log", 404)]
    [DataRow("/exact", 200)]
    [DataRow("/exact/", 404)]
    [DataRow("/exact/a", 404)]
    [DataRow("/exact?a", 200)]
    [DataRow("/logs?tailLines=%c3%a4", 400)]
    [DataRow("/logs?tailLines=%00", 400)]
    public void A_route_is_its_path_alone_or_what_is_below_too(string target, int status)
    {
        Assert.AreEqual(status, HttpAnswer.StatusOf(Get(target)));
    }

    [TestMethod]
    public void Of_a_path_and_a_query_320_bytes_are_kept_and_what_is_longer_is_told()
    {
        string path = "/logs/" + new string('a', 314);

        Assert.AreEqual(200, HttpAnswer.StatusOf(Get(path)));
        Assert.AreEqual("{\"error\":\"path or query too long\",\"code\":414}", HttpAnswer.BodyOf(Get(path + "a")));
        Assert.AreEqual(414, HttpAnswer.StatusOf(Get(path + "?")));
        Assert.AreEqual(414, HttpAnswer.StatusOf(Get("/logs?x=" + new string('a', 313))));
        Assert.AreEqual(200, HttpAnswer.StatusOf(Get("/logs?x=" + new string('a', 312))));
    }

    [TestMethod]
    public void An_answer_that_goes_on_is_sent_a_piece_at_a_time_and_each_has_its_time()
    {
        string answer = Serve("GET /logs?follow=true HTTP/1.1\r\nHost: a\r\n\r\n", out string timeLeft);

        Assert.AreEqual(Head + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n005\r\nline\n\r\n005\r\nline\n\r\n005\r\nline\n\r\n0\r\n\r\n", answer);
        Assert.AreEqual("5000 5000 5000 ", timeLeft);
    }

    [TestMethod]
    public void An_answer_that_goes_on_ends_at_once_where_nobody_wants_its_body()
    {
        string answer = Serve("HEAD /logs?follow=true HTTP/1.1\r\nHost: a\r\n\r\n", out string timeLeft);

        Assert.AreEqual(Head + "Content-Length: 0\r\nConnection: close\r\n\r\n", answer);
        Assert.AreEqual("", timeLeft);
    }

    private static string Get(string target)
    {
        return Serve("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n", out string _);
    }

    private static string Serve(string request, out string timeLeft)
    {
        ManualClock clock = new ManualClock();
        FakeClient client = new FakeClient(request, clock, 0, int.MaxValue);
        ScriptedEndpoint endpoint = new ScriptedEndpoint(clock, client);
        Logger log = new Logger(new RecordingLog(), new TimeKeeper(clock));
        Authenticator authenticator = new Authenticator(null, clock);
        new RoutedHandler(new TwoRoutes(endpoint), authenticator, authenticator.LineBytes, 0, new ServerStatistics(4), clock, log).Serve(client);
        timeLeft = endpoint.TimeLeft;
        return client.Received;
    }
}
