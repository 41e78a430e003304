namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterPrometheusTests : PrometheusTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterPrometheusTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
