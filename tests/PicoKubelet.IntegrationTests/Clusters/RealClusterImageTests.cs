using PicoKubelet.IntegrationTests.Pods;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterImageTests : ImageTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterImageTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
