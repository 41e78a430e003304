namespace PicoKubelet.IntegrationTests.Access;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterNodeLabelTests : NodeLabelTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterNodeLabelTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
