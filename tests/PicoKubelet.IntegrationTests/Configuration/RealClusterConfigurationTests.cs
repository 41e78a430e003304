namespace PicoKubelet.IntegrationTests.Configuration;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterConfigurationTests : ConfigurationTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterConfigurationTests()
        : base(TestRun.RealClusterAsync)
    {
    }
}
