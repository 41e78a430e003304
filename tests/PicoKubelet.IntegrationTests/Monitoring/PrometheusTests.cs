using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>deploy/prometheus with the real programs: boards are found by their Nodes, scraped, and missed.</summary>
public abstract class PrometheusTests : ClusterTests
{
    private const string ByFile = "prometheus-file-sd.yaml";
    private const string ByKubernetes = "prometheus.yaml";

    // A few of the intervals, which are a second, on a busy machine.
    private static readonly TimeSpan ScrapeTime = TimeSpan.FromSeconds(30);

    // What a board that is well, has nothing wired to it and runs no pods does not show.
    private static readonly string[] NeedMore = ["ALERTS", "container_", "picokubelet_input", "picokubelet_pod", "picokubelet_program", "picokubelet_sensor"];

    // Two kubectls that apply the same at once get in each other's way.
    private static readonly ConcurrentDictionary<Cluster, Lazy<Task>> Applied = new();

    private protected PrometheusTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task PrometheusScrapesABoardAndMissesItWhenItIsOff()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        using PrometheusFolder folder = new(KubeletClient.Token);
        await using QueryApi prometheus = await StartPrometheusAsync(folder, board);

        await MustBeScrapedAsync(prometheus, board);
        string ofBoard = $"{{job=\"picokubelet\",instance=\"{board.Name}\",node=\"{board.Name}\"}}";
        Assert.AreEqual(board.FreeHeap, await prometheus.ValueAsync("node_memory_free_bytes" + ofBoard));
        await EachQueryRunsAsync(prometheus, board.Name);
        await EachRuleIsHealthyAsync(prometheus);
        Assert.AreEqual((double)board.FreeHeap / board.Model.TotalHeap, await prometheus.ValueAsync("node:picokubelet_memory_free:ratio" + ofBoard), 0.001);
        Assert.AreEqual(0, await prometheus.ValueAsync("node:picokubelet_clock_offset:seconds" + ofBoard), 5);

        string alert = $"ALERTS{{alertname=\"PicoKubeletBoardGone\",node=\"{board.Name}\"}}";
        Assert.IsEmpty(await prometheus.QueryAsync(alert));
        board.Stop();
        await Eventually.HoldsAsync(ScrapeTime, async () => Assert.AreEqual("firing", await StateAsync(prometheus, alert)));
        Assert.AreEqual(1, await prometheus.ValueAsync($"max_over_time(ALERTS{{alertname=\"PicoKubeletBoardGone\",node=\"{board.Name}\",alertstate=\"pending\"}}[5m])"));
        board.Start();
        await Eventually.HoldsAsync(ScrapeTime, async () => Assert.IsEmpty(await prometheus.QueryAsync(alert)));
    }

    [TestMethod]
    public async Task PrometheusSeesWhatABoardTellsOfItself()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        using PrometheusFolder folder = new(KubeletClient.Token);
        await using QueryApi prometheus = await StartPrometheusAsync(folder, board);
        await MustBeScrapedAsync(prometheus, board);

        await Cluster.CreateAsync(
            "/api/v1/namespaces/picokubelet/configmaps",
            new JsonObject { ["metadata"] = new JsonObject { ["name"] = board.Name }, ["data"] = new JsonObject { ["led"] = "purple" } });
        BoardEvents.LowMemory.Apply(board);
        await KubeletClient.CommandAsync(board, "{\"command\":\"reload_config\"}");

        foreach (string name in new[] { "PicoKubeletConfigurationRejected", "PicoKubeletMemoryPressure" })
        {
            await Eventually.HoldsAsync(ScrapeTime, async () =>
                Assert.AreEqual("firing", await StateAsync(prometheus, $"ALERTS{{alertname=\"{name}\",node=\"{board.Name}\"}}")));
        }
    }

    [TestMethod]
    public async Task KubernetesDiscoveryFindsABoardByItsNode()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        string plain = NewName();
        JsonObject labels = new() { ["kubernetes.io/hostname"] = plain };
        await Cluster.CreateAsync("/api/v1/nodes", new JsonObject { ["metadata"] = new JsonObject { ["name"] = plain, ["labels"] = labels } });
        using PrometheusFolder folder = new(KubeletClient.Token);
        folder.Hurry(ByKubernetes);
        folder.FindOnly(ByKubernetes, board.Name, plain);
        folder.UseKubeconfig(ByKubernetes, Cluster.Url, Cluster.CaPem, await PrometheusTokenAsync());
        await using QueryApi server = await QueryApi.StartVictoriaMetricsAsync(folder, ByKubernetes, FreePort());

        await MustBeScrapedAsync(server, board);
        await Eventually.HoldsAsync(ScrapeTime, async () =>
            Assert.HasCount(1, await server.QueryAsync($"node_memory_free_bytes{{job=\"picokubelet\",instance=\"{board.Name}\",node=\"{board.Name}\"}}")));
        Assert.IsEmpty(await server.QueryAsync($"up{{node=\"{plain}\"}}"));
    }

    private static async Task ApplyAsync(Cluster cluster)
    {
        (await cluster.KubectlAsync("apply", "-n", BoardIdentities.Namespace, "-f", Repository.PathOf("deploy/prometheus/rbac.yaml"))).MustSucceed();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task MustBeScrapedAsync(QueryApi server, SimulatedBoard board)
    {
        return Eventually.HoldsAsync(ScrapeTime, async () =>
        {
            JsonNode target = await server.TargetAsync(board.Name);
            Assert.AreEqual("up", target.Text("health"), target.ToJsonString());
            Assert.AreEqual($"http://{board.Address}:{board.KubeletPort}/metrics", target.Text("scrapeUrl"));
            Assert.AreEqual(board.Name, target.Text("labels", "instance"));
            Assert.AreEqual("picokubelet", target.Text("labels", "job"));
        });
    }

    private static async Task<string?> StateAsync(QueryApi server, string alert)
    {
        return (await server.QueryAsync(alert)).SingleOrDefault()?.Text("metric", "alertstate");
    }

    private static async Task EachQueryRunsAsync(QueryApi server, string node)
    {
        foreach (MonitoringQuery query in MonitoringQuery.OfDashboard().Concat(MonitoringQuery.OfRules()))
        {
            await server.QueryAsync(query.For(node));
        }

        // What shows nothing of a board that is well and scraped for a few seconds is what is counted over minutes, or wrong.
        foreach (MonitoringQuery query in MonitoringQuery.OfDashboard().Where(query => !NeedMore.Any(name => query.Expression.Contains(name, StringComparison.Ordinal))))
        {
            await Eventually.HoldsAsync(ScrapeTime, async () => Assert.IsNotEmpty(await server.QueryAsync(query.For(node)), $"{query.Place}: {query.Expression}"));
        }
    }

    private static async Task EachRuleIsHealthyAsync(QueryApi server)
    {
        await Eventually.HoldsAsync(ScrapeTime, async () =>
        {
            JsonNode[] rules = [.. (await server.GetAsync("/api/v1/rules"))["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!)];
            Assert.HasCount(MonitoringQuery.OfRules().Count, rules);
            foreach (JsonNode rule in rules)
            {
                Assert.AreEqual("ok", rule.Text("health"), rule.ToJsonString());
            }
        });
    }

    private async Task<SimulatedBoard> StartReadyBoardAsync()
    {
        string name = NewName();
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);
        SimulatedBoard board = StartBoard(name, token, Cluster.Url, Cluster.CaPem, kubeletToken: KubeletClient.Token);
        await WaitUntilSteadyAsync(board);
        return board;
    }

    /// <summary>Starts Prometheus with the list of boards that kubectl makes, of which there is one.</summary>
    private async Task<QueryApi> StartPrometheusAsync(PrometheusFolder folder, SimulatedBoard board)
    {
        folder.Hurry(ByFile);
        string kubeconfig = folder.WriteKubeconfig(Cluster.Url, Cluster.CaPem, await PrometheusTokenAsync());
        await File.WriteAllTextAsync(folder.PathOf(PrometheusFolder.BoardsFile), await FindBoardAsync(board, kubeconfig, folder.PathOf("boards.gotemplate")));
        return await QueryApi.StartPrometheusAsync(folder, ByFile);
    }

    /// <summary>Gets a token of the identity that deploy/prometheus makes for Prometheus.</summary>
    private async Task<string> PrometheusTokenAsync()
    {
        await Applied.GetOrAdd(Cluster, cluster => new Lazy<Task>(() => ApplyAsync(cluster))).Value;
        JsonNode token = await Cluster.CreateAsync(
            $"/api/v1/namespaces/{BoardIdentities.Namespace}/serviceaccounts/prometheus/token",
            new JsonObject { ["spec"] = new JsonObject { ["expirationSeconds"] = 3600 } });
        return token.Text("status", "token")!;
    }

    // As Prometheus' identity, so that its rights are enough; the boards of other tests are left alone.
    private async Task<string> FindBoardAsync(SimulatedBoard board, string kubeconfig, string template)
    {
        ProgramResult result = await Cluster.KubectlAsync(
            new Dictionary<string, string>(), "--kubeconfig", kubeconfig, "get", "nodes", "-l", "picokubelet.io/board,kubernetes.io/hostname=" + board.Name, "-o", "go-template-file=" + template);
        return result.MustSucceed().Output;
    }
}
