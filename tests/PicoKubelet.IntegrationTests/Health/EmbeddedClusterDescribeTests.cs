namespace PicoKubelet.IntegrationTests.Health;

/// <summary>Against the embedded cluster.</summary>
[TestClass]
public sealed class EmbeddedClusterDescribeTests : DescribeTests
{
    /// <summary>Initializes a new instance.</summary>
    public EmbeddedClusterDescribeTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }
}
