namespace PicoKubelet.IntegrationTests.Configuration;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterConfigurationTests : ConfigurationTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterConfigurationTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
