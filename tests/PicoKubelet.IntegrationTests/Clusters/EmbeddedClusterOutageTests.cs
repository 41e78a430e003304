namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
[DoNotParallelize]
public sealed class EmbeddedClusterOutageTests : OutageTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterOutageTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
