using System.Text.RegularExpressions;

namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>A condition on a label.</summary>
/// <param name="Label">The label.</param>
/// <param name="Operator">One of =, !=, =~ and !~.</param>
/// <param name="Value">What it is compared with.</param>
internal sealed record LabelMatcher(string Label, string Operator, string Value)
{
    /// <summary>Reads the three parts that a pattern has found.</summary>
    public static LabelMatcher Read(Match match)
    {
        return new LabelMatcher(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
    }
}
