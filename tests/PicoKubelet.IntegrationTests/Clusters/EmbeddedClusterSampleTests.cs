using PicoKubelet.IntegrationTests.Pods;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterSampleTests : SampleTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterSampleTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
