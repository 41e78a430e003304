namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>A metric as its HELP and TYPE lines tell.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Help">What it is.</param>
internal sealed record MetricFamily(string Name, string Type, string Help);
