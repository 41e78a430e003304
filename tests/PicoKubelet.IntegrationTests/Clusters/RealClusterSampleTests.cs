using PicoKubelet.IntegrationTests.Pods;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterSampleTests : SampleTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterSampleTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
