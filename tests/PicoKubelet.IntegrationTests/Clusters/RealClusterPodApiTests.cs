using PicoKubelet.IntegrationTests.Kubectl;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterPodApiTests : PodApiTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterPodApiTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
