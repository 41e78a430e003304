using System.Text.RegularExpressions;

namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>What a PromQL expression asks for: which series, and which labels it groups and matches by.</summary>
/// <remarks>It finds the names; whether the expression is one is Prometheus' to say.</remarks>
internal sealed partial class PromQuery
{
    private static readonly string[] Words =
    [
        "and", "or", "unless", "by", "without", "on", "ignoring", "group_left", "group_right", "bool", "offset", "inf", "nan",
        "sum", "min", "max", "avg", "count", "group", "stddev", "stdvar", "topk", "bottomk", "quantile", "count_values",
    ];

    private static readonly string[] LabelLists = ["by", "without", "on", "ignoring", "group_left", "group_right"];

    private PromQuery(IReadOnlyList<MetricSelector> selectors, IReadOnlyList<string> labels)
    {
        Selectors = selectors;
        Labels = labels;
    }

    /// <summary>Gets the series that it asks for.</summary>
    public IReadOnlyList<MetricSelector> Selectors { get; }

    /// <summary>Gets the labels that it groups and matches by.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Reads an expression.</summary>
    public static PromQuery Parse(string expression)
    {
        string text = RangePattern().Replace(expression, string.Empty);
        List<MetricSelector> selectors = [];
        List<string> labels = [];
        for (Match token = TokenPattern().Match(text); token.Success; token = token.NextMatch())
        {
            string name = token.Groups["name"].Value;
            string matchers = token.Groups["matchers"].Value;
            string list = token.Groups["list"].Value;
            if (LabelLists.Contains(name) && list.Length > 0)
            {
                labels.AddRange(list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            }
            else if (name.Length > 0 && !Words.Contains(name) && !token.Groups["call"].Success)
            {
                selectors.Add(new MetricSelector(name, [.. MatcherPattern().Matches(matchers).Select(LabelMatcher.Read)]));
            }
        }

        return new PromQuery(selectors, labels);
    }

    // A number's exponent and a duration begin with a digit, so they are no names.
    [GeneratedRegex(
        @"""[^""]*""|\d[\w.]*|"
        + @"(?<name>[a-zA-Z_:][\w:]*)\s*(\{(?<matchers>(""[^""]*""|[^}""])*)\}|(?<=\b(by|without|on|ignoring|group_left|group_right)\s*)\((?<list>[^)]*)\)|(?<call>\())?")]
    private static partial Regex TokenPattern();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex RangePattern();

    [GeneratedRegex(@"([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*""([^""]*)""")]
    private static partial Regex MatcherPattern();
}
