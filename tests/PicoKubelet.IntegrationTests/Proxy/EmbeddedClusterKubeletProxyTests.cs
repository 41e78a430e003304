namespace PicoKubelet.IntegrationTests.Proxy;

/// <summary>Against the embedded API server.</summary>
[TestClass]
public sealed class EmbeddedClusterKubeletProxyTests : KubeletProxyTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterKubeletProxyTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
