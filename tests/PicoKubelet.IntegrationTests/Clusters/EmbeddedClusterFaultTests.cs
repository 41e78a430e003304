namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterFaultTests : FaultTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterFaultTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
