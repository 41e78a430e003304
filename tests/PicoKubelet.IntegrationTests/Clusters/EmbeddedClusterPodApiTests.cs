using PicoKubelet.IntegrationTests.Kubectl;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterPodApiTests : PodApiTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterPodApiTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
