namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterRebootTests : RebootTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterRebootTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
