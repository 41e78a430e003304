using PicoKubelet.IntegrationTests.Enroll;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterNodeIdentityTests : NodeIdentityTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterNodeIdentityTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
