namespace PicoKubelet.IntegrationTests.Access;

/// <summary>Against a real control plane, with the Node authorizer and the NodeRestriction admission.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterNodeAuthorityTests : NodeAuthorityTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterNodeAuthorityTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
