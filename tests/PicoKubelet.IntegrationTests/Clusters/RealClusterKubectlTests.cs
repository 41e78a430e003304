using PicoKubelet.IntegrationTests.Kubectl;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterKubectlTests : KubectlTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterKubectlTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
