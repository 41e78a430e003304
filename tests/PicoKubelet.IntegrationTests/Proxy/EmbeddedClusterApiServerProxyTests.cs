namespace PicoKubelet.IntegrationTests.Proxy;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterApiServerProxyTests : ApiServerProxyTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterApiServerProxyTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
