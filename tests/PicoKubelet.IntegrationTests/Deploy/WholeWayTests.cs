using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Enroll;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Monitoring;
using PicoKubelet.IntegrationTests.Proxy;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.IntegrationTests.VirtualBoard;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Deploy;

/// <summary>What somebody does who runs a cluster, from its first manifest to the board that goes away again, all of it with the real thing.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class WholeWayTests : ClusterTests
{
    private const string ByFile = "prometheus-file-sd.yaml";

    private static readonly TimeSpan ScrapeTime = TimeSpan.FromSeconds(30);

    /// <summary>Initializes a new instance.</summary>
    public WholeWayTests()
        : base(TestRun.RealClusterAsync)
    {
    }

    [TestMethod]
    public async Task ABoardIsEnrolledJoinsThroughNginxIsReconfiguredScrapedAndRemoved()
    {
        await KubectlProgram.RequireKustomizeAsync();
        string name = NewName();
        using TemporaryFolder folder = new();
        await KubectlAsync("apply", "-k", Repository.PathOf("deploy/cluster"));
        await using NginxProxy nginx = await NginxProxy.StartAsync("deploy/proxy/api-server/api-server.conf.template", new Dictionary<string, string>
        {
            ["PROXY_API_SERVER"] = Cluster.Url.Authority,
            ["PROXY_API_SERVER_NAME"] = "localhost",
            ["PROXY_CA"] = folder.Write("ca.crt", Cluster.CaPem),
            ["PROXY_NAMESPACE"] = BoardIdentities.Namespace,
        });
        await EnrollAsync(
            name, "--target", "PICO_RP2040_W", "--output", Path.Combine(folder.Path, "board"), "--api-server", $"http://127.0.0.1:{nginx.Port}",
            "--kubelet-token-file", folder.Write("kubelet.token", KubeletClient.Token));

        SimulatedBoard board = StartBoard(new BoardOptions
        {
            Name = name,
            SettingsJson = await File.ReadAllTextAsync(Path.Combine(folder.Path, "board", "picokubelet.json")),
            LeaseInterval = Heartbeat,
        });
        await WaitUntilSteadyAsync(board);
        Assert.IsTrue(nginx.Requests.Any(line => line.Contains($"/leases/{name}", StringComparison.Ordinal)), nginx.Log);

        await KubectlAsync("patch", "configmap", name, "-n", BoardIdentities.Namespace, "--type=merge", "--patch", """{"data":{"node.labels":"room=attic"}}""");
        await KubeletClient.CommandAsync(board, """{"command":"reload_config"}""");
        await Eventually.HoldsAsync(JoinTime, async () =>
            Assert.AreEqual(name, (await KubectlAsync("get", "nodes", "-l", $"room=attic,kubernetes.io/hostname={name}", "-o", "jsonpath={.items[*].metadata.name}")).Trim()));

        using PrometheusFolder prometheusFolder = new(KubeletClient.Token);
        prometheusFolder.Hurry(ByFile);
        await File.WriteAllTextAsync(
            prometheusFolder.PathOf(PrometheusFolder.BoardsFile),
            await KubectlAsync("get", "nodes", "-l", $"picokubelet.io/board,kubernetes.io/hostname={name}", "-o", "go-template-file=" + prometheusFolder.PathOf("boards.gotemplate")));
        await using QueryApi prometheus = await QueryApi.StartPrometheusAsync(prometheusFolder, ByFile);
        await Eventually.HoldsAsync(ScrapeTime, async () =>
        {
            JsonNode target = await prometheus.TargetAsync(name);
            Assert.AreEqual("up", target.Text("health"), target.ToJsonString());
        });

        await EnrollAsync(name, "--remove");
        await Eventually.HoldsAsync(JoinTime, async () => Assert.IsNull(await Cluster.FindAsync(Cluster.NodePath(name))));
    }

    private async Task EnrollAsync(params string[] arguments)
    {
        (await EnrollProgram.RunAsync([.. arguments, "--kubeconfig", Cluster.KubeconfigPath])).MustSucceed();
    }

    private async Task<string> KubectlAsync(params string[] arguments)
    {
        return (await Cluster.KubectlAsync(arguments)).MustSucceed().Output;
    }
}
