using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Faults;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Pods;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests;

/// <summary>
/// The ground of the tests that are written once and run against each kind of cluster: boards that join it and are
/// cleaned up, and what is often waited for. Each test has nodes of its own, so tests run side by side.
/// </summary>
public abstract class ClusterTests
{
    /// <summary>What a whole join may take: registration, status, and the node controller's turn, on a busy machine.</summary>
    protected static readonly TimeSpan JoinTime = TimeSpan.FromSeconds(20);

    /// <summary>What may pass from an API server that is back to the board being Ready again.</summary>
    protected static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(15);

    /// <summary>By when a board without heartbeats must be known as such: the grace period and the controller's turn.</summary>
    protected static readonly TimeSpan LossTime = Cluster.GracePeriod + TimeSpan.FromSeconds(10);

    /// <summary>The boards' time between heartbeats: as far below the grace period as a device's is.</summary>
    protected static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);

    private readonly Func<Task<Cluster>> _source;
    private readonly List<SimulatedBoard> _boards = [];
    private readonly List<FaultProxy> _proxies = [];
    private readonly List<string> _nodes = [];

    private protected ClusterTests(Func<Task<Cluster>> source)
    {
        _source = source;
    }

    /// <summary>Gets or sets the test's context; set by the test framework.</summary>
    public TestContext TestContext { get; set; } = null!;

    private protected Cluster Cluster { get; private set; } = null!;

    /// <summary>Starts the cluster unless it runs.</summary>
    [TestInitialize]
    public async Task FindClusterAsync()
    {
        Cluster = await _source();
    }

    /// <summary>Switches the test's boards off, shows what they logged, and removes their nodes.</summary>
    [TestCleanup]
    public async Task CleanUpAsync()
    {
        foreach (SimulatedBoard board in _boards)
        {
            await board.DisposeAsync();
            foreach (string line in board.Log)
            {
                TestContext.WriteLine($"{board.Name}: {line}");
            }
        }

        foreach (FaultProxy proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        foreach (string node in _nodes)
        {
            await Cluster.DeleteAsync(Cluster.NodePath(node));
        }

        await LeaveClusterAsync();
    }

    /// <summary>Called last: a cluster that is not the test's alone stays for the next one.</summary>
    private protected virtual Task LeaveClusterAsync()
    {
        return Task.CompletedTask;
    }

    /// <summary>Makes a node's name that no other test has.</summary>
    protected string NewName()
    {
        string name = $"pico-{Guid.NewGuid():N}"[..17];
        _nodes.Add(name);
        return name;
    }

    /// <summary>Starts a board with an identity of its own.</summary>
    /// <param name="rights">What the identity may do.</param>
    /// <param name="name">The node's name; a new one if null.</param>
    /// <param name="mode">The way of heartbeats.</param>
    /// <param name="labels">Labels of its own.</param>
    private protected async Task<SimulatedBoard> StartBoardAsync(
        BoardRights rights = BoardRights.All,
        string? name = null,
        string mode = "lease",
        IReadOnlyDictionary<string, string>? labels = null)
    {
        name ??= NewName();
        string token = await Cluster.Identities.CreateAsync(name, rights);
        return StartBoard(name, token, Cluster.Url, Cluster.CaPem, mode, labels);
    }

    /// <summary>Starts a board that runs two pods of a namespace, and gives them a pin.</summary>
    /// <param name="pods">The namespace.</param>
    /// <param name="settingsJson">The settings by which it does.</param>
    private protected async Task<SimulatedBoard> StartBoardAsync(PodSpace pods, string settingsJson = PodSpace.BoardSettings)
    {
        string name = NewName();
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);
        await Cluster.Identities.GrantPodsAsync(name, pods.Name);
        return StartBoard(name, token, Cluster.Url, Cluster.CaPem, labels: pods.BoardLabels, settingsJson: settingsJson, kubeletToken: KubeletClient.Token);
    }

    /// <summary>Starts a board that reaches the cluster through a proxy.</summary>
    private protected async Task<SimulatedBoard> StartBoardAsync(FaultProxy proxy, string mode = "lease")
    {
        string name = NewName();
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);
        return StartBoard(name, token, proxy.Url, caPem: null, mode);
    }

    /// <summary>Starts a board.</summary>
    private protected SimulatedBoard StartBoard(
        string name,
        string token,
        Uri apiServer,
        string? caPem,
        string mode = "lease",
        IReadOnlyDictionary<string, string>? labels = null,
        string? settingsJson = null,
        string? kubeletToken = null,
        string board = BoardModels.Default)
    {
        return StartBoard(new BoardOptions
        {
            Name = name,
            Board = board,
            ApiServer = apiServer,
            Token = token,
            CaPem = caPem,
            LeaseInterval = Heartbeat,
            Mode = mode,
            Labels = labels ?? new Dictionary<string, string>(),
            SettingsJson = settingsJson,
            KubeletToken = kubeletToken,
        });
    }

    /// <summary>Starts a board.</summary>
    private protected SimulatedBoard StartBoard(BoardOptions options, bool holdsButton = false)
    {
        SimulatedBoard board = NewBoard(options, holdsButton);
        board.Start();
        return board;
    }

    /// <summary>Makes a board that is off.</summary>
    private protected SimulatedBoard NewBoard(BoardOptions options, bool holdsButton = false)
    {
        SimulatedBoard board = new(options) { ButtonHeld = holdsButton };
        _boards.Add(board);
        return board;
    }

    /// <summary>Makes a proxy before the cluster, which accepts connections.</summary>
    private protected FaultProxy NewProxy()
    {
        FaultProxy proxy = new(Cluster);
        _proxies.Add(proxy);
        proxy.Listen();
        return proxy;
    }

    /// <summary>Reads a board's Node.</summary>
    private protected Task<JsonNode> NodeAsync(SimulatedBoard board)
    {
        return Cluster.GetAsync(Cluster.NodePath(board.Name));
    }

    /// <summary>Reads a board's Lease.</summary>
    private protected Task<JsonNode> LeaseAsync(SimulatedBoard board)
    {
        return Cluster.GetAsync(Cluster.LeasePath(board.Name));
    }

    /// <summary>Waits until a condition of a board's Node has a status.</summary>
    /// <returns>The Node.</returns>
    private protected Task<JsonNode> WaitForAsync(SimulatedBoard board, string condition, string status, TimeSpan within)
    {
        return Eventually.GetAsync(within, async () =>
        {
            JsonNode node = await NodeAsync(board);
            node.MustBe(condition, status);
            return node;
        });
    }

    /// <summary>Waits until a board is Ready.</summary>
    /// <returns>The Node.</returns>
    private protected Task<JsonNode> WaitUntilReadyAsync(SimulatedBoard board, TimeSpan? within = null)
    {
        return WaitForAsync(board, "Ready", "True", within ?? JoinTime);
    }

    /// <summary>Waits until a board is Ready and its Lease is there, from when on it only renews that.</summary>
    /// <returns>The Node.</returns>
    private protected async Task<JsonNode> WaitUntilSteadyAsync(SimulatedBoard board)
    {
        await WaitUntilReadyAsync(board);
        JsonNode first = await Eventually.GetAsync(JoinTime, () => LeaseAsync(board));
        await WaitForRenewalAsync(board, first.Time("spec", "renewTime"));
        return await NodeAsync(board);
    }

    /// <summary>Waits until a board's Lease was renewed after a time.</summary>
    private protected Task WaitForRenewalAsync(SimulatedBoard board, DateTime after, TimeSpan? within = null)
    {
        return Eventually.HoldsAsync(within ?? JoinTime, async () =>
            Assert.IsTrue((await LeaseAsync(board)).Time("spec", "renewTime") > after, "not renewed"));
    }

    /// <summary>Waits until a line that holds all of some texts was logged.</summary>
    private protected static Task WaitForLogAsync(SimulatedBoard board, TimeSpan within, params string[] texts)
    {
        return Eventually.HoldsAsync(within, () =>
            Assert.IsTrue(
                board.Log.Any(line => texts.All(text => line.Contains(text, StringComparison.Ordinal))),
                $"no log line with {string.Join(", ", texts)}"));
    }
}
