using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Faults;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests;

/// <summary>What a board does when replies are not as they should be, seen from the wire.</summary>
public abstract class FaultTests : ClusterTests
{
    private protected FaultTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task JoinsOnceConnectionsAreNoLongerRefused()
    {
        FaultProxy proxy = NewProxy();
        proxy.Refuse();
        SimulatedBoard board = await StartBoardAsync(proxy);
        await Eventually.HoldsAsync(JoinTime, () => Assert.IsNotNull(board.State.LastError));

        proxy.Listen();

        await WaitUntilReadyAsync(board, RecoveryTime);
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    [DataRow(nameof(FaultCatalog.Reset))]
    [DataRow(nameof(FaultCatalog.Truncated))]
    [DataRow(nameof(FaultCatalog.Garbage))]
    [DataRow(nameof(FaultCatalog.NoHttp))]
    public async Task JoinsAfterBrokenReplies(string fault)
    {
        FaultProxy proxy = NewProxy();
        proxy.Fault = Named(fault);
        SimulatedBoard board = await StartBoardAsync(proxy);
        await Eventually.HoldsAsync(JoinTime, () => Assert.IsTrue(proxy.Requests.Count >= 3, $"{proxy.Requests.Count} requests"));
        Assert.IsNotNull(board.State.LastError);

        proxy.Fault = FaultCatalog.None;

        await WaitUntilReadyAsync(board, RecoveryTime);
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    [DataRow(nameof(FaultCatalog.Reset))]
    [DataRow(nameof(FaultCatalog.NoHttp))]
    [DataRow(nameof(FaultCatalog.Silence))]
    public async Task ReturnsAfterBrokenHeartbeats(string fault)
    {
        FaultProxy proxy = NewProxy();
        SimulatedBoard board = await StartBoardAsync(proxy);
        await WaitUntilSteadyAsync(board);

        proxy.Fault = Named(fault);
        await WaitForAsync(board, "Ready", "Unknown", LossTime);
        proxy.Fault = FaultCatalog.None;

        await WaitUntilReadyAsync(board, RecoveryTime);
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    public async Task AReplyThatIsCutOffIsAFailureUntilOneIsWhole()
    {
        FaultProxy proxy = NewProxy();
        SimulatedBoard board = await StartBoardAsync(proxy);
        await WaitUntilSteadyAsync(board);

        proxy.Fault = FaultCatalog.Truncated;
        await Eventually.HoldsAsync(JoinTime, () => Assert.IsTrue(board.State.HeartbeatsFailed >= 3));
        Assert.IsNotNull(board.State.LastError);
        proxy.Fault = FaultCatalog.None;

        await Eventually.HoldsAsync(RecoveryTime, () => Assert.IsNull(board.State.LastError));
        await WaitUntilReadyAsync(board, TimeSpan.Zero);
    }

    [TestMethod]
    [DataRow(nameof(FaultCatalog.Chunked))]
    [DataRow(nameof(FaultCatalog.UntilClose))]
    [DataRow(nameof(FaultCatalog.CloseAfterwards))]
    [DataRow(nameof(FaultCatalog.Slow))]
    [DataRow(nameof(FaultCatalog.Huge))]
    public async Task OddButRightRepliesAreNoFailure(string fault)
    {
        FaultProxy proxy = NewProxy();
        proxy.Fault = Named(fault);
        SimulatedBoard board = await StartBoardAsync(proxy);

        JsonNode node = await WaitUntilSteadyAsync(board);
        await Eventually.HoldsAsync(JoinTime, () => Assert.IsGreaterThanOrEqualTo(5, board.State.HeartbeatsSent));

        Assert.AreEqual(node.Uid(), (await LeaseAsync(board))["metadata"]!["ownerReferences"]![0]!.Text("uid"));
        Assert.AreEqual(0, board.State.HeartbeatsFailed);
        Assert.IsNull(board.State.LastError);
    }

    [TestMethod]
    [DataRow(429, "TooManyRequests")]
    [DataRow(503, "ServiceUnavailable")]
    public async Task RetryAfterIsObeyed(int status, string reason)
    {
        TimeSpan pause = TimeSpan.FromSeconds(6);
        FaultProxy proxy = NewProxy();
        SimulatedBoard board = await StartBoardAsync(proxy);
        await WaitUntilSteadyAsync(board);

        proxy.Fault = FaultCatalog.Answer(Reply.Failure(status, reason, ("Retry-After", $"{pause.TotalSeconds}")));
        int before = proxy.Requests.Count;
        await Eventually.HoldsAsync(JoinTime, () => Assert.IsTrue(proxy.Requests.Count >= before + 3));

        TimeSpan[] times = [.. proxy.Requests.Skip(before + 1).Select(request => request.At)];
        for (int i = 1; i < times.Length; i++)
        {
            Assert.IsTrue(times[i] - times[i - 1] >= pause, $"{times[i] - times[i - 1]} after {pause} was asked for");
        }
    }

    [TestMethod]
    [DataRow(500, "InternalError")]
    [DataRow(503, "ServiceUnavailable")]
    [DataRow(422, "Invalid")]
    [DataRow(401, "Unauthorized")]
    public async Task FailuresMakeNoStorm(int status, string reason)
    {
        FaultProxy proxy = NewProxy();
        proxy.Fault = FaultCatalog.Answer(Reply.Failure(status, reason));
        SimulatedBoard board = await StartBoardAsync(proxy);
        TimeSpan window = TimeSpan.FromSeconds(10);

        await WaitForLogAsync(board, JoinTime, $"{status}", reason, "told to fail");
        await Eventually.HoldsAsync(window + JoinTime, () => Assert.IsTrue(proxy.Requests[^1].At - proxy.Requests[0].At > window, "no further attempt"));

        // 100 ms doubling to 7 s, with jitter: the eighth attempt comes after at least six seconds, the next ones seven apart.
        int inWindow = proxy.Requests.Count(request => request.At - proxy.Requests[0].At <= window);
        Assert.IsTrue(inWindow <= 12, $"{inWindow} requests in {window}");

        // What only a person can mend is tried again more slowly.
        proxy.Fault = FaultCatalog.None;
        await WaitUntilReadyAsync(board, TimeSpan.FromSeconds(60));
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    public async Task AServerThatGivesWholeObjectsOnlyWillDo()
    {
        FaultProxy proxy = NewProxy();
        proxy.Fault = FaultCatalog.WholeObjects;

        SimulatedBoard board = await StartBoardAsync(proxy);

        await WaitUntilSteadyAsync(board);
        Assert.IsTrue(proxy.Requests.Any(request => request.Header("Accept").Contains("as=PartialObjectMetadata", StringComparison.Ordinal)), "asked for metadata alone");
    }

    [TestMethod]
    public async Task WhatGoesOverTheWireIsAsKubernetesWantsIt()
    {
        FaultProxy proxy = NewProxy();
        SimulatedBoard board = await StartBoardAsync(proxy);
        await WaitUntilSteadyAsync(board);
        board.Address = "10.20.30.40";
        await Eventually.HoldsAsync(JoinTime, async () =>
            CollectionAssert.Contains((await NodeAsync(board)).Addresses(), "InternalIP=10.20.30.40"));

        foreach (RecordedRequest request in proxy.Requests)
        {
            StringAssert.StartsWith(request.Header("Authorization"), "Bearer ");

            // With what creates something, where it is kept for people to see.
            Assert.AreEqual(request.Method == "POST", request.Header("User-Agent").StartsWith("picokubelet/", StringComparison.Ordinal), request.Path);
        }

        RecordedRequest[] reports = [.. proxy.Requests.Where(request => request.Path.StartsWith($"/api/v1/nodes/{board.Name}/status", StringComparison.Ordinal))];
        foreach (RecordedRequest report in reports)
        {
            Assert.AreEqual("PATCH", report.Method);
            StringAssert.StartsWith(report.Header("Content-Type"), "application/strategic-merge-patch+json");

            // Beside the status at most the version that it is meant for.
            JsonObject body = JsonNode.Parse(report.Body)!.AsObject();
            if (body.Remove("metadata", out JsonNode? metadata))
            {
                CollectionAssert.AreEqual(new[] { "resourceVersion" }, metadata!.AsObject().Select(field => field.Key).ToArray());
            }

            CollectionAssert.AreEqual(new[] { "status" }, body.Select(field => field.Key).ToArray());
        }

        JsonArray addresses = JsonNode.Parse(reports[^1].Body)!["status"]!["addresses"]!.AsArray();
        Assert.IsTrue(addresses.Any(address => address!.Text("$patch") == "replace"), addresses.ToJsonString());
        await WaitForLogAsync(board, TimeSpan.Zero, "plain HTTP");
    }

    private static Fault Named(string name)
    {
        return name switch
        {
            nameof(FaultCatalog.Reset) => FaultCatalog.Reset,
            nameof(FaultCatalog.Truncated) => FaultCatalog.Truncated,
            nameof(FaultCatalog.Garbage) => FaultCatalog.Garbage,
            nameof(FaultCatalog.NoHttp) => FaultCatalog.NoHttp,
            nameof(FaultCatalog.Silence) => FaultCatalog.Silence,
            nameof(FaultCatalog.Chunked) => FaultCatalog.Chunked,
            nameof(FaultCatalog.UntilClose) => FaultCatalog.UntilClose,
            nameof(FaultCatalog.CloseAfterwards) => FaultCatalog.CloseAfterwards,
            nameof(FaultCatalog.Slow) => FaultCatalog.Slow,
            nameof(FaultCatalog.Huge) => FaultCatalog.Huge,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }
}
