namespace PicoKubelet.IntegrationTests.Health;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterDescribeTests : DescribeTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterDescribeTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
