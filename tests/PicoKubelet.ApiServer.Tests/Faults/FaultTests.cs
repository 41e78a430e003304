using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using PicoKubelet.ApiServer.Faults;
using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Faults;

[TestClass]
public sealed class FaultTests
{
    private const string Default = "/api/v1/namespaces/default";

    [TestMethod]
    public async Task AnswersWithAStatusSoManyTimes()
    {
        await using var cluster = await Cluster.StartAsync();
        var rule = cluster.Server.Faults.Add(FaultAction.Status(429, retryAfterSeconds: 7), "GET", "/api/v1/namespaces", times: 2, skip: 1);
        Assert.AreEqual(200, (await cluster.GetAsync(Default)).Code);
        var reply = await cluster.GetAsync(Default);
        Assert.AreEqual(429, reply.Code);
        Assert.AreEqual("TooManyRequests", reply["reason"]);
        Assert.AreEqual(TimeSpan.FromSeconds(7), reply.Message.Headers.RetryAfter!.Delta);
        Assert.AreEqual(200, (await cluster.GetAsync(Cluster.Nodes)).Code);
        Assert.AreEqual(429, (await cluster.GetAsync(Default)).Code);
        Assert.AreEqual(200, (await cluster.GetAsync(Default)).Code);
        Assert.AreEqual(2, rule.Hits);
    }

    [TestMethod]
    public async Task ActsUntilTheRuleIsRemoved()
    {
        await using var cluster = await Cluster.StartAsync();
        var rule = cluster.Server.Faults.Add(new FaultRule(request => request.Query == "?x=1", FaultAction.Garbage()));
        Assert.IsTrue(IsBroken(await cluster.GetAsync(Default + "?x=1")));
        Assert.IsFalse(IsBroken(await cluster.GetAsync(Default)));
        cluster.Server.Faults.Remove(rule);
        Assert.IsFalse(IsBroken(await cluster.GetAsync(Default + "?x=1")));
    }

    [TestMethod]
    public async Task CutsBeforeTheReply()
    {
        await using var cluster = await Cluster.StartAsync();
        Assert.AreEqual("", (await ExchangeAsync(cluster, FaultAction.CutBeforeReply())).Text);
    }

    [TestMethod]
    public async Task ResetsBeforeTheReply()
    {
        await using var cluster = await Cluster.StartAsync();
        var (text, error) = await ExchangeAsync(cluster, FaultAction.CutBeforeReply(reset: true));
        Assert.AreEqual("", text);
        Assert.AreEqual(SocketError.ConnectionReset, error);
    }

    [TestMethod]
    public async Task CutsTheHead()
    {
        await using var cluster = await Cluster.StartAsync();
        var (text, error) = await ExchangeAsync(cluster, FaultAction.CutHead(12));
        Assert.AreEqual("HTTP/1.1 200", text);
        Assert.AreEqual(SocketError.Success, error);
    }

    [TestMethod]
    [DataRow(false, SocketError.Success)]
    [DataRow(true, SocketError.ConnectionReset)]
    public async Task CutsTheBody(bool reset, SocketError end)
    {
        await using var cluster = await Cluster.StartAsync();
        var (text, error) = await ExchangeAsync(cluster, FaultAction.CutBody(10, reset));
        var (head, body) = Split(text);
        StringAssert.Contains(head, "Content-Length: ");
        Assert.AreEqual("{\"kind\":\"N", body);
        Assert.AreEqual(end, error);
    }

    [TestMethod]
    public async Task CutsAChunk()
    {
        await using var cluster = await Cluster.StartAsync();
        var (head, body) = Split((await ExchangeAsync(cluster, FaultAction.CutChunk(10))).Text);
        StringAssert.Contains(head, "Transfer-Encoding: chunked");
        StringAssert.EndsWith(body, "\r\n{\"kind\":\"N");
    }

    [TestMethod]
    public async Task EndsAReplyWithTheConnection()
    {
        await using var cluster = await Cluster.StartAsync();
        var (head, body) = Split((await ExchangeAsync(cluster, FaultAction.UntilClose)).Text);
        Assert.IsFalse(head.Contains("Content-Length", StringComparison.Ordinal));
        Assert.AreEqual("Namespace", JsonDocument.Parse(body).RootElement.GetProperty("kind").GetString());
    }

    [TestMethod]
    public async Task SendsAnyBytes()
    {
        await using var cluster = await Cluster.StartAsync();
        Assert.AreEqual("SSH-2.0-x", (await ExchangeAsync(cluster, FaultAction.Raw("SSH-2.0-x"u8.ToArray()))).Text);
    }

    [TestMethod]
    public async Task TruncatesTheJsonAlone()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Faults.Add(FaultAction.TruncatedJson(10));
        var reply = await cluster.GetAsync(Default);
        Assert.AreEqual(200, reply.Code);
        Assert.AreEqual("{\"kind\":\"N", reply.Text);
        Assert.AreEqual(10, reply.Message.Content.Headers.ContentLength);
    }

    [TestMethod]
    public async Task AnswersInChunks()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Faults.Add(FaultAction.Chunked(7));
        var reply = await cluster.GetAsync(Default);
        Assert.IsTrue(reply.Message.Headers.TransferEncodingChunked);
        Assert.AreEqual("default", reply["metadata.name"]);
    }

    [TestMethod]
    public async Task CarriesOutWhatItDoesNotAnswer()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Faults.Add(FaultAction.CutAfterServing(), "POST");
        await Assert.ThrowsExactlyAsync<HttpRequestException>(() => cluster.CreateNodeAsync("n1"));
        Assert.AreEqual(200, (await cluster.GetAsync(Cluster.Nodes + "/n1")).Code);
    }

    [TestMethod]
    public async Task AnswersHugeBodies()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Faults.Add(FaultAction.HugeBody(2_000_000));
        Assert.IsTrue((await cluster.GetAsync(Default)).Text.Length > 2_000_000);
    }

    [TestMethod]
    public async Task DelaysByItsClock()
    {
        var time = new FakeTime();
        await using var cluster = await Cluster.StartAsync(new ApiServerOptions { Time = time });
        var rule = cluster.Server.Faults.Add(FaultAction.Delay(TimeSpan.FromHours(1), FaultAction.Status(503)));
        var reply = cluster.GetAsync(Default);
        await Wait.UntilAsync(() => rule.Hits == 1, "the request arrives");
        Assert.IsFalse(reply.IsCompleted);
        await Wait.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromHours(1));
                return reply.IsCompleted;
            },
            "the reply");
        Assert.AreEqual(503, (await reply).Code);
    }

    [TestMethod]
    public async Task NeverAnswersUntilItIsReleased()
    {
        await using var cluster = await Cluster.StartAsync();
        var rule = cluster.Server.Faults.Add(FaultAction.NeverAnswer);
        var reply = cluster.GetAsync(Default);
        await Wait.UntilAsync(() => rule.Hits == 1, "the request arrives");
        Assert.IsFalse(reply.IsCompleted);
        cluster.Server.Faults.Clear();
        await Assert.ThrowsExactlyAsync<HttpRequestException>(() => reply);
        Assert.AreEqual(200, (await cluster.GetAsync(Default)).Code);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task RefusesConnectionsAndTakesThemAgain(bool reset)
    {
        await using var cluster = await Cluster.StartAsync();
        Assert.AreEqual(200, (await cluster.GetAsync(Default)).Code);
        for (var i = 0; i < 3; i++)
        {
            await cluster.Server.Faults.StopListeningAsync(reset);
            await Wait.UntilAsync(() => cluster.Server.Faults.OpenConnections == 0, "connections close");
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            var refused = await Assert.ThrowsExactlyAsync<SocketException>(() => socket.ConnectAsync(IPAddress.Loopback, cluster.Server.Url.Port));
            Assert.AreEqual(SocketError.ConnectionRefused, refused.SocketErrorCode);
            await cluster.Server.Faults.StartListeningAsync();
            using var http = new HttpClient { BaseAddress = cluster.Server.Url };
            Assert.AreEqual("ok", await http.GetStringAsync("/healthz"));
        }
    }

    [TestMethod]
    public async Task IgnoresNewConnections()
    {
        await using var cluster = await Cluster.StartAsync(new ApiServerOptions { Https = true });
        cluster.Server.Faults.MuteNewConnections = true;
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, cluster.Server.Url.Port);
        await Wait.UntilAsync(() => cluster.Server.Faults.OpenConnections == 1, "the connection is taken");
        await client.GetStream().WriteAsync("hello"u8.ToArray());
        var answer = client.GetStream().ReadAsync(new byte[1]).AsTask();
        Assert.IsFalse(answer.IsCompleted);
        cluster.Server.Faults.Clear();
        // Closed, one way or the other.
        await Task.WhenAny(answer).WaitAsync(TimeSpan.FromSeconds(5));
    }

    [TestMethod]
    public async Task CutsBelowTls()
    {
        await using var cluster = await Cluster.StartAsync(new ApiServerOptions { Https = true });
        cluster.Server.Faults.Add(FaultAction.CutBody(10));
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        using var http = new HttpClient(handler) { BaseAddress = cluster.Server.Url };
        using var reply = await http.GetAsync(Default, HttpCompletionOption.ResponseHeadersRead);
        Assert.AreEqual(HttpStatusCode.OK, reply.StatusCode);
        await Assert.ThrowsAsync<IOException>(async () => await (await reply.Content.ReadAsStreamAsync()).CopyToAsync(Stream.Null));
    }

    private static bool IsBroken(Reply reply)
    {
        try
        {
            JsonDocument.Parse(reply.Text);
            return false;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static (string Head, string Body) Split(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (text[..end], text[(end + 4)..]);
    }

    /// <summary>Sends one request under a fault, and reads to the connection's end.</summary>
    private static async Task<(string Text, SocketError Error)> ExchangeAsync(Cluster cluster, FaultAction action)
    {
        cluster.Server.Faults.Add(action);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, cluster.Server.Url.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {Default} HTTP/1.1\r\nHost: x\r\n\r\n"));
        var text = new StringBuilder();
        var buffer = new byte[4096];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            int read;
            while ((read = await socket.ReceiveAsync(buffer, limit.Token)) > 0)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
            return (text.ToString(), SocketError.Success);
        }
        catch (SocketException e)
        {
            return (text.ToString(), e.SocketErrorCode);
        }
    }
}
