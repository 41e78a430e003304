using PicoKubelet.IntegrationTests.Support;
using YamlDotNet.RepresentationModel;

namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>What promtool says of deploy/prometheus, and what its files have to have in common.</summary>
[TestClass]
public sealed class PromtoolTests
{
    private const string Folder = "deploy/prometheus/";

    private static readonly TimeSpan ProgramTime = TimeSpan.FromMinutes(10);

    [TestMethod]
    public async Task It_accepts_the_rules()
    {
        ProgramResult result = await PromtoolAsync("check", "rules", Repository.PathOf(MonitoringQuery.RulesPath));

        StringAssert.Contains(result.MustSucceed().Output, "SUCCESS");
        Assert.AreEqual(string.Empty, result.Error);
    }

    [TestMethod]
    public async Task Its_unit_tests_of_the_rules_pass()
    {
        (await PromtoolAsync("test", "rules", Repository.PathOf(Folder + "rules_test.yaml"))).MustSucceed();
    }

    [TestMethod]
    [DataRow("prometheus-file-sd.yaml")]
    [DataRow("prometheus.yaml")]
    [DataRow("prometheus-tls.yaml")]
    public async Task It_accepts_the_configurations(string file)
    {
        using PrometheusFolder folder = new("token");

        ProgramResult result = await PromtoolAsync("check", "config", folder.PathOf(file));

        if (result.Error.Contains("field kubernetes_sd_configs not found", StringComparison.Ordinal))
        {
            // Debian's Prometheus can not ask Kubernetes: what it can read is all the rest.
            folder.FindBoardsByFile(file);
            result = await PromtoolAsync("check", "config", folder.PathOf(file));
        }

        StringAssert.Contains(result.MustSucceed().Output, "SUCCESS");
        Assert.AreEqual(string.Empty, result.Error);
    }

    [TestMethod]
    public void The_configurations_differ_in_how_boards_are_found_and_reached_alone()
    {
        string plain = Configuration("prometheus.yaml");

        Assert.AreEqual(PrometheusFolder.WithBoardsByFile(plain), Configuration("prometheus-file-sd.yaml"));
        Assert.AreEqual(
            plain.Replace("    scheme: http\n", string.Empty, StringComparison.Ordinal),
            Without(Configuration("prometheus-tls.yaml"), "    scheme: https", "    metrics_path")
                .Replace(Between(Configuration("prometheus-tls.yaml"), "      # The proxy's Services", "      # A board keeps"), string.Empty, StringComparison.Ordinal));
    }

    [TestMethod]
    public void The_operators_rules_are_the_same()
    {
        YamlNode own = MonitoringQuery.Yaml(MonitoringQuery.RulesPath)["groups"];
        YamlNode operators = MonitoringQuery.Yaml(Folder + "operator/rules/prometheusrule.yaml")["spec"]["groups"];

        Assert.AreEqual(own, operators);
    }

    [TestMethod]
    public void The_operators_job_is_the_same()
    {
        YamlNode job = MonitoringQuery.Yaml(Folder + "prometheus.yaml")["scrape_configs"][0];
        YamlNode spec = MonitoringQuery.Yaml(Folder + "operator/scrapeconfig.yaml")["spec"];
        YamlNode global = MonitoringQuery.Yaml(Folder + "prometheus.yaml")["global"];

        Assert.AreEqual(job["job_name"], spec["jobName"]);
        Assert.AreEqual(job["metrics_path"], spec["metricsPath"]);
        Assert.AreEqual(job["sample_limit"], spec["sampleLimit"]);
        Assert.AreEqual(MonitoringQuery.Text(job, "scheme"), MonitoringQuery.Text(spec, "scheme")!.ToLowerInvariant());
        Assert.AreEqual(global["scrape_interval"], spec["scrapeInterval"]);
        Assert.AreEqual(global["scrape_timeout"], spec["scrapeTimeout"]);
        Assert.AreEqual(job["kubernetes_sd_configs"][0]["selectors"][0]["label"], spec["kubernetesSDConfigs"][0]["selectors"][0]["label"]);
        CollectionAssert.AreEqual(Relabelings(job["relabel_configs"], "source_labels", "target_label"), Relabelings(spec["relabelings"], "sourceLabels", "targetLabel"));
    }

    [TestMethod]
    public void Each_alert_is_tested_where_it_fires_and_where_it_does_not()
    {
        YamlNode[] cases = [.. ((YamlSequenceNode)MonitoringQuery.Yaml(Folder + "rules_test.yaml")["tests"])
            .Where(test => ((YamlMappingNode)test).Children.ContainsKey("alert_rule_test"))
            .SelectMany(test => (YamlSequenceNode)test["alert_rule_test"])];

        foreach (string alert in MonitoringQuery.Alerts())
        {
            YamlNode[] own = [.. cases.Where(test => MonitoringQuery.Text(test, "alertname") == alert)];
            Assert.IsTrue(own.Any(test => ((YamlSequenceNode)test["exp_alerts"]).Children.Count > 0), $"no test in which {alert} fires");
            Assert.IsTrue(own.Any(test => ((YamlSequenceNode)test["exp_alerts"]).Children.Count == 0), $"no test in which {alert} does not fire");
        }
    }

    private static Task<ProgramResult> PromtoolAsync(params string[] arguments)
    {
        string promtool = ExternalProgram.Find("promtool") ?? throw new AssertInconclusiveException("promtool is not installed; what it says of deploy/prometheus is left out.");
        return ExternalProgram.RunAsync(promtool, arguments, new Dictionary<string, string>(), ProgramTime);
    }

    // From the first setting on: what is before is a comment about the file.
    private static string Configuration(string file)
    {
        string text = File.ReadAllText(Repository.PathOf(Folder + file));
        return text[text.IndexOf("global:", StringComparison.Ordinal)..];
    }

    private static string Between(string text, string from, string to)
    {
        int start = text.IndexOf(from, StringComparison.Ordinal);
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }

    private static string Without(string text, string from, string to)
    {
        return text.Replace(Between(text, from, to), string.Empty, StringComparison.Ordinal);
    }

    private static string[] Relabelings(YamlNode list, string source, string target)
    {
        return [.. ((YamlSequenceNode)list).Select(entry => $"{((YamlSequenceNode)entry[source])[0]} to {entry[target]}")];
    }
}
