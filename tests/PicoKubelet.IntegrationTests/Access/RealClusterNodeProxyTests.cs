namespace PicoKubelet.IntegrationTests.Access;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterNodeProxyTests : NodeProxyTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterNodeProxyTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
