using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>The dashboard and the rules ask for what boards really have, and docs/monitoring.md tells all of it.</summary>
[TestClass]
public sealed class MonitoringQueryTests : ClusterTests
{
    private const string ClientExpiration = "kubelet_certificate_manager_client_expiration_seconds";
    private const string ServerExpiration = "kubelet_certificate_manager_server_expiration_seconds";

    // What others than boards provide, and the labels that it has.
    private static readonly Dictionary<string, string[]> Externals = new()
    {
        ["up"] = [],
        ["ALERTS"] = ["alertname", "alertstate"],
        ["kube_node_status_condition"] = ["condition", "status"],

        // Of boards that have certificates alone.
        [ClientExpiration] = [],
        [ServerExpiration] = [],

        // Of pods, which another test runs.
        ["container_memory_working_set_bytes"] = ["container", "namespace", "pod"],
        ["container_restarts_total"] = ["container", "namespace", "pod"],
        ["picokubelet_pod_ready"] = ["namespace", "pod"],
        ["picokubelet_program_gauge"] = ["container", "name", "namespace", "pod"],
        ["picokubelet_program_counter_total"] = ["container", "name", "namespace", "pod"],
    };

    // What the job and its relabeling put on each series.
    private static readonly string[] TargetLabels = ["job", "instance", "node"];

    // Their values are a few words of the firmware's, all of which a board shows from its start.
    private static readonly string[] WordLabels = ["type", "kind", "result", "reason"];

    /// <summary>Initializes a new instance.</summary>
    public MonitoringQueryTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }

    [TestMethod]
    public async Task EachQueryAsksForMetricsThatBoardsHave()
    {
        Exposition exposition = await ScrapeAsync("/metrics");

        foreach (MonitoringQuery query in MonitoringQuery.OfDashboard().Concat(MonitoringQuery.OfRules()))
        {
            string? fault = FindFault(query.Expression, exposition);
            Assert.IsNull(fault, $"{query.Place}: {fault} in {query.Expression}");
        }
    }

    [TestMethod]
    [DataRow("node_memory_free_byte{job=\"picokubelet\"}", "no metric node_memory_free_byte")]
    [DataRow("sum by (node) (rate(node_gone_total{job=\"picokubelet\"}[5m]))", "no metric node_gone_total")]
    [DataRow("up{job=\"picokubelet\"} and on (node) node_gone{job=\"picokubelet\"} > 2e3", "no metric node_gone")]
    [DataRow("sum by (nodes) (node_memory_free_bytes{job=\"picokubelet\"})", "no label nodes")]
    [DataRow("kubelet_node_condition{job=\"picokubelet\",kind=\"Ready\"}", "no label kind")]
    [DataRow("kubelet_node_condition{job=\"picokubelet\",type=\"Redy\"}", "no series with type=\"Redy\"")]
    [DataRow("kubelet_node_condition{type=\"Ready\"}", "job=\"picokubelet\" is missing")]
    public void AQueryThatAsksForSomethingElseIsFound(string expression, string fault)
    {
        Exposition exposition = new("node_memory_free_bytes 40960\nkubelet_node_condition{type=\"Ready\"} 1\n");

        StringAssert.Contains(FindFault(expression, exposition), fault);
    }

    [TestMethod]
    public async Task TheReferenceShowsEachMetric()
    {
        Exposition metrics = await ScrapeAsync("/metrics");
        Exposition resource = await ScrapeAsync("/metrics/resource");
        string[] expected = [.. Rows(metrics), .. Rows(resource)];
        string[] documented = [.. TableRows("| `", 4).Where(row => !row.StartsWith("| `container_", StringComparison.Ordinal) && !row.StartsWith("| `pod_", StringComparison.Ordinal)
            && !row.StartsWith("| `picokubelet_pod_", StringComparison.Ordinal)
            && !row.Contains("node_syslog_messages_total", StringComparison.Ordinal)
            && !row.StartsWith("| `picokubelet_program_", StringComparison.Ordinal)
            && !row.StartsWith("| `prober_", StringComparison.Ordinal)
            && !row.Contains(ClientExpiration, StringComparison.Ordinal) && !row.Contains(ServerExpiration, StringComparison.Ordinal))];

        CollectionAssert.AreEquivalent(expected, documented, "docs/monitoring.md should show:\n" + string.Join('\n', expected));
    }

    [TestMethod]
    public void TheReferenceShowsEachAlert()
    {
        string[] documented = [.. TableRows("| PicoKubelet", 3).Select(row => row.Split('|')[1].Trim())];

        CollectionAssert.AreEqual(MonitoringQuery.Alerts().ToArray(), documented);
    }

    /// <summary>What metrics-server looks for in the kubelet's resource metrics, and drops a node without.</summary>
    [TestMethod]
    public async Task TheResourceMetricsAreWhatMetricsServerReads()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        string answer = await KubeletClient.GetAsync(board, "/metrics/resource");
        StringAssert.Contains(answer, "Content-Type: text/plain; version=0.0.4");

        MetricSample[] first = ResourceSamples(await KubeletClient.GetBodyAsync(board, "/metrics/resource"));
        await WaitForRenewalAsync(board, (await LeaseAsync(board)).Time("spec", "renewTime"));
        MetricSample[] second = ResourceSamples(await KubeletClient.GetBodyAsync(board, "/metrics/resource"));

        // Both are there without labels and above 0, and the CPU's does not fall: the usage is the difference of two scrapes.
        // Without a time in the sample the time of the scrape counts.
        foreach (MetricSample[] samples in new[] { first, second })
        {
            Assert.IsTrue(samples.All(sample => sample.Labels.Count == 0 && sample.Value > 0 && sample.Milliseconds is null));
        }

        Assert.IsGreaterThanOrEqualTo(first[0].Value, second[0].Value);
    }

    private static MetricSample[] ResourceSamples(string body)
    {
        Exposition exposition = new(body);
        return
        [
            exposition.Samples.Single(sample => sample.Name == "node_cpu_usage_seconds_total"),
            exposition.Samples.Single(sample => sample.Name == "node_memory_working_set_bytes"),
        ];
    }

    private static string? FindFault(string expression, Exposition exposition)
    {
        PromQuery query = PromQuery.Parse(expression);
        HashSet<string> known = [.. TargetLabels];
        foreach (MetricSelector selector in query.Selectors)
        {
            string? fault = FindFault(selector, exposition, known);
            if (fault is not null)
            {
                return fault;
            }
        }

        string? unknown = query.Labels.FirstOrDefault(label => !known.Contains(label));
        return unknown is null ? null : $"no label {unknown}";
    }

    private static string? FindFault(MetricSelector selector, Exposition exposition, HashSet<string> known)
    {
        MetricSample[] samples = [.. exposition.Samples.Where(sample => sample.Name == selector.Name)];
        bool isBoards = samples.Length > 0;
        IEnumerable<string> own = samples.SelectMany(sample => sample.Labels.Keys);
        if (Externals.TryGetValue(selector.Name, out string[]? labels))
        {
            own = labels;
        }
        else if (!isBoards && !MonitoringQuery.Recorded().Contains(selector.Name))
        {
            return $"there is no metric {selector.Name}";
        }

        known.UnionWith(own);
        string? unknown = selector.Matchers.Select(matcher => matcher.Label).FirstOrDefault(label => !known.Contains(label));
        if (unknown is not null)
        {
            return $"{selector.Name} has no label {unknown}";
        }

        // Other nodes' kubelets have metrics of the same names.
        if (isBoards && !selector.Asks("job", "picokubelet"))
        {
            return $"{selector.Name}: job=\"picokubelet\" is missing";
        }

        LabelMatcher[] words = [.. selector.Matchers.Where(matcher => matcher.Operator == "=" && WordLabels.Contains(matcher.Label))];
        return !isBoards || samples.Any(sample => words.All(word => sample.Labels[word.Label] == word.Value))
            ? null
            : $"{selector.Name}: no series with {string.Join(',', words.Select(word => $"{word.Label}=\"{word.Value}\""))}";
    }

    private static IEnumerable<string> Rows(Exposition exposition)
    {
        return exposition.Families.Select(family =>
            $"| `{family.Name}` | {family.Type} | {string.Join(", ", exposition.LabelsOf(family).Select(label => $"`{label}`"))} | {family.Help} |");
    }

    private static string[] TableRows(string start, int columns)
    {
        return [.. File.ReadLines(Repository.PathOf("docs/monitoring.md"))
            .Where(line => line.StartsWith(start, StringComparison.Ordinal) && line.Count(character => character == '|') == columns + 1)];
    }

    private async Task<Exposition> ScrapeAsync(string path)
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        return new Exposition(await KubeletClient.GetBodyAsync(board, path));
    }

    // With a ConfigMap, so that the metrics about it are there too.
    private async Task<SimulatedBoard> StartReadyBoardAsync()
    {
        string name = NewName();
        await Cluster.CreateAsync(
            $"/api/v1/namespaces/{BoardIdentities.Namespace}/configmaps",
            new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = name },
                ["data"] = new JsonObject { ["led"] = "on", ["inputs"] = "door=14", ["analog"] = "room=4 unit:celsius", ["pwm"] = "fan=13 duty:40" },
            });
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);
        SimulatedBoard board = StartBoard(name, token, Cluster.Url, Cluster.CaPem, kubeletToken: KubeletClient.Token, board: "esp32");
        await WaitUntilSteadyAsync(board);
        await Eventually.HoldsAsync(JoinTime, async () =>
            StringAssert.Contains(await KubeletClient.GetBodyAsync(board, "/metrics"), "kubelet_configmap_applied_version"));
        return board;
    }
}
