namespace PicoKubelet.IntegrationTests.Proxy;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterApiServerProxyTests : ApiServerProxyTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterApiServerProxyTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
