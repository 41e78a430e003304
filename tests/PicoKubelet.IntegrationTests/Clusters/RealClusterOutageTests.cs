namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[DoNotParallelize]
[TestCategory("RealCluster")]
public sealed class RealClusterOutageTests : OutageTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterOutageTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
