using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Deploy;

/// <summary>What API servers say of deploy/cluster.</summary>
public abstract class ServerDryRunTests : ClusterTests
{
    private protected ServerDryRunTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task TheServerTakesItWithoutAWarning()
    {
        await KubectlProgram.RequireKustomizeAsync();
        string folder = Repository.PathOf("deploy/cluster");

        // The namespace, without which nothing else can be tried, and what the cluster has besides, with the annotation that apply looks for.
        foreach (string file in (string[])["namespace.yaml", "runtimeclass.yaml"])
        {
            (await Cluster.KubectlAsync("apply", "--filename", Path.Combine(folder, file))).MustSucceed();
        }

        ProgramResult tried = (await Cluster.KubectlAsync("apply", "--dry-run=server", "--kustomize", folder)).MustSucceed();

        Assert.AreEqual("", tried.Error);
        Assert.HasCount(12, tried.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
