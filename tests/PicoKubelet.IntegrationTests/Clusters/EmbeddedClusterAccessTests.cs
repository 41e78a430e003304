namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterAccessTests : AccessTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterAccessTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
