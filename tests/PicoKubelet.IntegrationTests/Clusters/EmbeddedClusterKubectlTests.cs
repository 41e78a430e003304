using PicoKubelet.IntegrationTests.Kubectl;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterKubectlTests : KubectlTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterKubectlTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
