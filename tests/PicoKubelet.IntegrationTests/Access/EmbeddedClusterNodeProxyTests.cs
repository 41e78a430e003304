namespace PicoKubelet.IntegrationTests.Access;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterNodeProxyTests : NodeProxyTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterNodeProxyTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
