namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterFaultTests : FaultTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterFaultTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
