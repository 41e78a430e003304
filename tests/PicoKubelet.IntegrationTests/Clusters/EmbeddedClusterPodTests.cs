using PicoKubelet.IntegrationTests.Pods;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterPodTests : PodTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterPodTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
