namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterRegistrationTests : RegistrationTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterRegistrationTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
