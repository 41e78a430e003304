using PicoKubelet.IntegrationTests.Pods;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterImageTests : ImageTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterImageTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
