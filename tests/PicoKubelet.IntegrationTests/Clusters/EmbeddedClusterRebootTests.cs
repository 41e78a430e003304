namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterRebootTests : RebootTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterRebootTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
