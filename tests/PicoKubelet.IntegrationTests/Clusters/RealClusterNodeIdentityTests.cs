using PicoKubelet.IntegrationTests.Enroll;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterNodeIdentityTests : NodeIdentityTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterNodeIdentityTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
