using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Faults;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Faults inside TLS, and at moments that only the server knows. Each test has a server of its own.</summary>
[TestClass]
public sealed class EmbeddedClusterTlsFaultTests : ClusterTests
{
    private const string Nodes = "/api/v1/nodes";
    private const string Leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterTlsFaultTests()
        : base(async () => await EmbeddedCluster.StartAsync(TestRun.NewFolder($"tls-{Guid.NewGuid():N}")))
    {
    }

    private FaultInjector Faults => ((EmbeddedCluster)Cluster).Server.Faults;

    [TestMethod]
    public async Task JoinsOnceTheServerAnswersTheHandshake()
    {
        Faults.MuteNewConnections = true;
        SimulatedBoard board = await StartBoardAsync();
        await Eventually.HoldsAsync(JoinTime, () => Assert.IsNotNull(board.State.LastError));

        Faults.Clear();

        // A server that was silent for long is asked again only after as long a wait: thirty seconds at most, and jitter.
        await WaitUntilReadyAsync(board, TimeSpan.FromSeconds(90));
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    [DataRow("POST", Nodes)]
    [DataRow("GET", Nodes)]
    [DataRow("POST", Leases)]
    [DataRow("PATCH", Leases)]
    [DataRow("PATCH", Nodes)]
    public async Task ALostReplyToARequestThatWasServedDoesNoHarm(string method, string path)
    {
        FaultRule rule = Fail(FaultAction.CutAfterServing(reset: true), 3, method, path);

        SimulatedBoard board = await StartBoardAsync();

        JsonNode node = await WaitUntilSteadyAsync(board);
        Assert.IsTrue(rule.Hits > 0);
        Assert.AreEqual("arm", node.Label("kubernetes.io/arch"));
        Assert.AreEqual(2, node.Addresses().Length, string.Join(", ", node.Addresses()));
        Assert.AreEqual(node.Uid(), (await LeaseAsync(board))["metadata"]!["ownerReferences"]![0]!.Text("uid"));
        Assert.AreEqual("lease", board.State.Mode);
    }

    [TestMethod]
    [DataRow("head")]
    [DataRow("body")]
    [DataRow("chunk")]
    [DataRow("json")]
    [DataRow("garbage")]
    [DataRow("huge")]
    [DataRow("conflict")]
    public async Task JoinsAfterBrokenReplies(string fault)
    {
        FaultRule rule = Fail(Named(fault), 4);

        SimulatedBoard board = await StartBoardAsync();

        await WaitUntilSteadyAsync(board);
        Assert.AreEqual(4, rule.Hits);
        Assert.IsTrue(board.State.HeartbeatsFailed > 0);
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task AKeptConnectionThatWasClosedIsNoFailure(bool reset)
    {
        SimulatedBoard board = await StartBoardAsync();
        await WaitUntilSteadyAsync(board);

        Faults.CloseConnections(reset);

        await WaitForRenewalAsync(board, DateTime.UtcNow);
        Assert.AreEqual(0, board.State.HeartbeatsFailed);
    }

    private protected override async Task LeaveClusterAsync()
    {
        await Cluster.DisposeAsync();
    }

    // What the test itself asks for is answered.
    private FaultRule Fail(FaultAction action, int times, string method = "", string path = "")
    {
        return Faults.Add(new FaultRule(
            request => !request.UserAgent.StartsWith("picokubelet-tests/", StringComparison.Ordinal)
                && request.Method.StartsWith(method, StringComparison.Ordinal)
                && request.Path.StartsWith(path, StringComparison.Ordinal),
            action,
            times));
    }

    private static FaultAction Named(string name)
    {
        return name switch
        {
            "head" => FaultAction.CutHead(20),
            "body" => FaultAction.CutBody(20),
            "chunk" => FaultAction.CutChunk(20),
            "json" => FaultAction.TruncatedJson(20),
            "garbage" => FaultAction.Garbage(),
            "huge" => FaultAction.HugeBody(300_000),
            "conflict" => FaultAction.Status(409),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }
}
