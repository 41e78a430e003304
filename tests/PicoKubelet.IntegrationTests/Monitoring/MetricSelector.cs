namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>A metric with conditions on its labels, in a PromQL expression.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Matchers">The conditions.</param>
internal sealed record MetricSelector(string Name, IReadOnlyList<LabelMatcher> Matchers)
{
    /// <summary>Whether it asks that a label has exactly a value.</summary>
    public bool Asks(string label, string value)
    {
        return Matchers.Contains(new LabelMatcher(label, "=", value));
    }
}
