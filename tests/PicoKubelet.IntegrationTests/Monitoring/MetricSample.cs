namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>A sample of a metric.</summary>
/// <param name="Name">The metric's name, of a summary with the part's.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value.</param>
/// <param name="Milliseconds">Its time in Unix time, or null where it has none.</param>
internal sealed record MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value, long? Milliseconds);
