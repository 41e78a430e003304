using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Support;
using YamlDotNet.RepresentationModel;

namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>A query of the dashboard or of a rule.</summary>
/// <param name="Place">Where it is: a panel's title or a rule's name.</param>
/// <param name="Expression">The PromQL expression.</param>
internal sealed record MonitoringQuery(string Place, string Expression)
{
    /// <summary>The dashboard, from the repository's root.</summary>
    public const string DashboardPath = "deploy/grafana/picokubelet.json";

    /// <summary>The rules, from the repository's root.</summary>
    public const string RulesPath = "deploy/prometheus/rules.yaml";

    /// <summary>Reads all queries of the dashboard: panels, annotations and variables.</summary>
    public static IReadOnlyList<MonitoringQuery> OfDashboard()
    {
        JsonNode dashboard = JsonNode.Parse(File.ReadAllText(Repository.PathOf(DashboardPath)))!;
        IEnumerable<MonitoringQuery> panels =
            from panel in dashboard["panels"]!.AsArray()
            from target in panel!["targets"]?.AsArray() ?? []
            select new MonitoringQuery(panel!["title"]!.GetValue<string>(), target!["expr"]!.GetValue<string>());
        IEnumerable<MonitoringQuery> annotations =
            from annotation in dashboard["annotations"]!["list"]!.AsArray()
            select new MonitoringQuery(annotation!["name"]!.GetValue<string>(), annotation["expr"]!.GetValue<string>());
        IEnumerable<MonitoringQuery> variables =
            from variable in dashboard["templating"]!["list"]!.AsArray()
            where variable!["type"]!.GetValue<string>() == "query"
            select new MonitoringQuery(variable["name"]!.GetValue<string>(), LabelValuesQuery(variable["definition"]!.GetValue<string>()));
        return [.. panels, .. annotations, .. variables];
    }

    /// <summary>Reads all queries of the rules.</summary>
    public static IReadOnlyList<MonitoringQuery> OfRules()
    {
        return [.. Rules().Select(rule => new MonitoringQuery(NameOf(rule), Text(rule, "expr")!))];
    }

    /// <summary>Reads the names of what the rules record.</summary>
    public static IReadOnlyList<string> Recorded()
    {
        return [.. Rules().Select(rule => Text(rule, "record")).OfType<string>()];
    }

    /// <summary>Reads the names of the alerts.</summary>
    public static IReadOnlyList<string> Alerts()
    {
        return [.. Rules().Select(rule => Text(rule, "alert")).OfType<string>()];
    }

    /// <summary>Puts values in for Grafana's variables.</summary>
    /// <param name="node">The board's name.</param>
    /// <returns>What Grafana would ask Prometheus.</returns>
    public string For(string node)
    {
        return Expression.Replace("$node", node, StringComparison.Ordinal).Replace("$__rate_interval", "1m", StringComparison.Ordinal);
    }

    /// <summary>Reads a YAML file's document.</summary>
    public static YamlNode Yaml(string path)
    {
        YamlStream stream = [];
        using StreamReader reader = File.OpenText(Repository.PathOf(path));
        stream.Load(reader);
        return stream.Documents.Single().RootNode;
    }

    /// <summary>Reads a text of a YAML mapping, or null.</summary>
    public static string? Text(YamlNode node, string key)
    {
        return node is YamlMappingNode mapping && mapping.Children.TryGetValue(key, out YamlNode? value) ? ((YamlScalarNode)value).Value : null;
    }

    private static IEnumerable<YamlNode> Rules()
    {
        return ((YamlSequenceNode)Yaml(RulesPath)["groups"]).SelectMany(group => (YamlSequenceNode)group["rules"]);
    }

    private static string NameOf(YamlNode rule)
    {
        return Text(rule, "alert") ?? Text(rule, "record")!;
    }

    // label_values(QUERY, LABEL): Grafana's own, around a query.
    private static string LabelValuesQuery(string definition)
    {
        int end = definition.LastIndexOf(',');
        return definition["label_values(".Length..end];
    }
}
