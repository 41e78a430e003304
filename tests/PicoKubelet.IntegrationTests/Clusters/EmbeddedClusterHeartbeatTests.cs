namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterHeartbeatTests : HeartbeatTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterHeartbeatTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
