using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Proxy;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterKubeletProxyTests : KubeletProxyTests
{
    /// <summary>Initializes a new instance.</summary>
    public RealClusterKubeletProxyTests()
        : base(TestRun.RealClusterAsync)
    {
    }

    [TestMethod]
    public async Task TheClusterSignsTheServingCertificate()
    {
        SimulatedBoard board = await StartReadyBoardAsync();
        string folder = await CertificateAsync("cluster", board.Name, board.Name, "127.0.0.1");
        Assert.AreEqual(Cluster.CaPem.Trim(), (await File.ReadAllTextAsync(Path.Combine(folder, "ca.crt"))).Trim());

        NginxProxy proxy = await StartProxyAsync(folder, $"{board.Name} 127.0.0.1:{board.KubeletPort};");
        string status = await NewClient(proxy, folder, KubeletClient.Token).GetStringAsync($"https://{board.Name}:{proxy.Port}/pico/status");
        StringAssert.Contains(status, board.Name);
        Assert.AreEqual(string.Empty, (await Cluster.KubectlAsync("get", "csr", "-o", "name")).Output);
    }

    /// <summary>What the cluster is given is accepted as it is, without a warning.</summary>
    [TestMethod]
    [DataRow("deploy/proxy/api-server")]
    [DataRow("deploy/proxy/kubelet")]
    public async Task TheClusterAcceptsTheManifests(string folder)
    {
        ProgramResult applied = (await Cluster.KubectlAsync("apply", "-k", Repository.PathOf(folder), "--dry-run=server")).MustSucceed();
        Assert.AreEqual(string.Empty, applied.Error);
        StringAssert.Contains(applied.Output, "deployment.apps/");
        StringAssert.Contains(applied.Output, "networkpolicy.networking.k8s.io/");
    }

    private protected override Dictionary<string, string> CertificateEnvironment()
    {
        return new Dictionary<string, string> { ["KUBECONFIG"] = Cluster.KubeconfigPath };
    }
}
