using PicoKubelet.IntegrationTests.Pods;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterWorkloadTests : WorkloadTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterWorkloadTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
