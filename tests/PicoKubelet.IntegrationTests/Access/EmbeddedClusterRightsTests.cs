namespace PicoKubelet.IntegrationTests.Access;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterRightsTests : RightsTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterRightsTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
