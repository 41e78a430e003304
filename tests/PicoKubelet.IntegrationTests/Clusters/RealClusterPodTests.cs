using PicoKubelet.IntegrationTests.Pods;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterPodTests : PodTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterPodTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
