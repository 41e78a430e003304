using PicoKubelet.IntegrationTests.Deploy;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterServerDryRunTests : ServerDryRunTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterServerDryRunTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
