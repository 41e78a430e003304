using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Enroll;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterEnrollTests : EnrollTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterEnrollTests()
        : base(TestRun.RealClusterAsync)
    {
    }

    [TestMethod]
    public async Task ALongLivedTokenEndsWithItsSecret()
    {
        string name = NewName();
        string text = await EnrollAsync(name, "--long-lived-token");
        SimulatedBoard board = StartEnrolled(name);
        await WaitUntilSteadyAsync(board);
        Assert.Contains("never expires", text);

        JsonNode secret = await Cluster.GetAsync($"/api/v1/namespaces/{BoardIdentities.Namespace}/secrets/{name}");
        Assert.AreEqual("kubernetes.io/service-account-token", secret["type"]!.GetValue<string>());
        await Cluster.DeleteAsync($"/api/v1/namespaces/{BoardIdentities.Namespace}/secrets/{name}");

        await WaitForLogAsync(board, TimeSpan.FromSeconds(10) + JoinTime, "Unauthorized");
    }

    [TestMethod]
    public async Task TheTokensEndIsSaid()
    {
        string text = await EnrollAsync(NewName(), "--token-duration", "2h");

        Assert.Contains($"expires on {DateTime.UtcNow.AddHours(2):yyyy-MM-dd}", text);
        Assert.DoesNotContain("shortened", text);
    }
}
