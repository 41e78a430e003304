namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterRegistrationTests : RegistrationTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterRegistrationTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
