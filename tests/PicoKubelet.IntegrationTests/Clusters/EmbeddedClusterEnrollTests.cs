using PicoKubelet.IntegrationTests.Enroll;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterEnrollTests : EnrollTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterEnrollTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
