using PicoKubelet.IntegrationTests.Pods;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterStaticPodTests : StaticPodTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterStaticPodTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
