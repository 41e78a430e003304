namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterAccessTests : AccessTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterAccessTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
