namespace PicoKubelet.IntegrationTests.Access;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterNodeLabelTests : NodeLabelTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterNodeLabelTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
