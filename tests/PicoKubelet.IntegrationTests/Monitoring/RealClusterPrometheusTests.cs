namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterPrometheusTests : PrometheusTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterPrometheusTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
