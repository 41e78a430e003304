using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>What the API server says of deploy/prometheus and deploy/grafana. The operator's kinds need its CRDs, which are not here.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class ManifestTests : ClusterTests
{
    /// <summary>Initializes a new instance.</summary>
    public ManifestTests()
        : base(TestRun.RealClusterAsync)
    {
    }

    [TestMethod]
    [DataRow("deploy/prometheus", "picokubelet")]
    [DataRow("deploy/grafana", "kube-system")]
    public async Task TheServerTakesThemWithoutAWarning(string folder, string space)
    {
        await KubectlProgram.RequireKustomizeAsync();
        string manifests = (await Cluster.KubectlAsync("kustomize", Repository.PathOf(folder))).MustSucceed().Output;
        string file = Path.Combine(TestRun.NewFolder(NewName()), "manifests.yaml");
        await File.WriteAllTextAsync(file, manifests.Replace("namespace: monitoring", "namespace: " + space, StringComparison.Ordinal));

        ProgramResult tried = (await Cluster.KubectlAsync("apply", "--dry-run=server", "-f", file)).MustSucceed();

        Assert.AreEqual(string.Empty, tried.Error);
    }

    [TestMethod]
    [DataRow("deploy/prometheus/operator")]
    [DataRow("deploy/prometheus/operator-servicemonitor")]
    public async Task KustomizeMakesWhatTheOperatorReads(string folder)
    {
        await KubectlProgram.RequireKustomizeAsync();
        ProgramResult made = (await Cluster.KubectlAsync("kustomize", Repository.PathOf(folder))).MustSucceed();

        Assert.AreEqual(string.Empty, made.Error);
        StringAssert.Contains(made.Output, "kind: PrometheusRule");
    }
}
