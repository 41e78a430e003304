using PicoKubelet.IntegrationTests.Deploy;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterServerDryRunTests : ServerDryRunTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterServerDryRunTests()
        : base(TestRun.RealClusterAsync)
    {
    }

    /// <summary>What else is deployed into a cluster, as far as it needs no resources of an operator.</summary>
    [TestMethod]
    [DataRow("deploy/proxy/gateway", 4)]
    [DataRow("deploy/proxy/kubelet", 4)]
    [DataRow("deploy/proxy/api-server", 4)]
    [DataRow("deploy/prometheus", 4)]
    public async Task TheServerTakesWhatElseIsDeployed(string folder, int objects)
    {
        await KubectlProgram.RequireKustomizeAsync();
        (await Cluster.KubectlAsync("apply", "--filename", Repository.PathOf("deploy/cluster/namespace.yaml"))).MustSucceed();

        ProgramResult tried = (await Cluster.KubectlAsync("apply", "--dry-run=server", "--kustomize", Repository.PathOf(folder))).MustSucceed();

        Assert.AreEqual("", tried.Error);
        Assert.HasCount(objects, tried.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
