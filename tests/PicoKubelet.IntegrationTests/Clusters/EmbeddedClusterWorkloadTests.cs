using PicoKubelet.IntegrationTests.Pods;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterWorkloadTests : WorkloadTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterWorkloadTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
