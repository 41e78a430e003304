using PicoKubelet.IntegrationTests.Deploy;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterServerDryRunTests : ServerDryRunTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterServerDryRunTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
