namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterHeartbeatTests : HeartbeatTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterHeartbeatTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
