using PicoKubelet.IntegrationTests.Pods;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterStaticPodTests : StaticPodTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterStaticPodTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
