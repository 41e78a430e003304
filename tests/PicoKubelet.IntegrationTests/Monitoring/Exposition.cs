using System.Globalization;
using System.Text.RegularExpressions;

namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>What a scrape brought, in Prometheus' text format.</summary>
internal sealed partial class Exposition
{
    /// <summary>Reads a scrape. A line that the format does not have fails the test.</summary>
    /// <param name="text">The answer's body.</param>
    public Exposition(string text)
    {
        Dictionary<string, string> help = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                string[] parts = line.Split(' ', 4);
                help.Add(parts[2], parts[3]);
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                string[] parts = line.Split(' ', 4);
                Families.Add(new MetricFamily(parts[2], parts[3], help[parts[2]]));
            }
            else
            {
                Samples.Add(ReadSample(line));
            }
        }
    }

    /// <summary>Gets the metrics as HELP and TYPE name them.</summary>
    public List<MetricFamily> Families { get; } = [];

    /// <summary>Gets the samples.</summary>
    public List<MetricSample> Samples { get; } = [];

    /// <summary>Gets the labels of a metric's samples, those of a summary's parts too.</summary>
    public string[] LabelsOf(MetricFamily family)
    {
        return [.. Samples
            .Where(sample => sample.Name == family.Name || (family.Type == "summary" && sample.Name.StartsWith(family.Name + "_", StringComparison.Ordinal)))
            .SelectMany(sample => sample.Labels.Keys)
            .Distinct()];
    }

    private static MetricSample ReadSample(string line)
    {
        Match match = SamplePattern().Match(line);
        Assert.IsTrue(match.Success, $"not a sample: {line}");
        Dictionary<string, string> labels = LabelPattern().Matches(match.Groups["labels"].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value);
        string time = match.Groups["time"].Value;
        return new MetricSample(
            match.Groups["name"].Value,
            labels,
            double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture),
            time.Length == 0 ? null : long.Parse(time, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>[^}]*)\})? (?<value>\S+)( (?<time>-?\d+))?$")]
    private static partial Regex SamplePattern();

    [GeneratedRegex(@"([a-zA-Z_][a-zA-Z0-9_]*)=""([^""]*)""")]
    private static partial Regex LabelPattern();
}
