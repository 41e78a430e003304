using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;
using PicoKubelet.VirtualBoard.Cli;
using EmbeddedCluster = PicoKubelet.VirtualBoard.Clusters.EmbeddedCluster;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>The virtual board's program as it starts without options: its cluster, its boards, and a kubectl.</summary>
internal sealed class PodCluster : IAsyncDisposable
{
    /// <summary>The time that something may take on a busy machine.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(3);

    // Says "running", sets pin 4 and waits until it is to stop.
    private const string WaitingProgram =
        "AGFzbQEAAAABFwVgAX8AYAABf2ACf38AYAJ/fwF/YAAAAkMEBHBpY28Ic2xlZXBfbXMAAARwaWNvDnN0b3BfcmVxdWVzdGVkAAEEcGljbwNsb2cAAgRwaWNvCXBpbl93cml0ZQAD"
        + "AwIBBAUDAQABBwoBBl9zdGFydAAECh0BGwBBAEEHEAJBBEEBEAMaA0BBFBAAEAFFDQALCwsNAQBBAAsHcnVubmluZw==";

    private readonly EmbeddedCluster _cluster;
    private readonly TemporaryFolder _folder = new();

    private PodCluster(EmbeddedCluster cluster, Fleet fleet)
    {
        _cluster = cluster;
        Fleet = fleet;
    }

    /// <summary>Gets the boards.</summary>
    public Fleet Fleet { get; }

    /// <summary>Starts it, with a program as ConfigMap: wait.</summary>
    /// <param name="boards">How many boards.</param>
    /// <param name="address">The first one's address.</param>
    public static async Task<PodCluster> StartAsync(int boards, string address)
    {
        KubectlProgram.Require();
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("Only Linux has more loopback addresses than one.");
        }

        RunOptions options = new()
        {
            Port = 0,
            Names = [.. Enumerable.Range(1, boards).Select(number => $"b{number}")],
            Board = BoardModels.Default,
            FirstAddress = address,
            Events = [],
        };
        EmbeddedCluster cluster = await EmbeddedCluster.StartAsync(options);
        PodCluster pods = new(cluster, new Fleet(options, cluster, _ => null));
        pods.Fleet.Start();
        await pods.ApplyAsync($$$"""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"wait"},"binaryData":{"a.wasm":"{{{WaitingProgram}}}"}}""");
        await pods.ExpectAsync($"{boards}", "get", "nodes", "-o", "go-template={{len .items}}");
        return pods;
    }

    /// <summary>The spec of a pod that runs the program.</summary>
    /// <param name="more">More of the spec, with a comma behind.</param>
    /// <param name="limits">More limits, with a comma in front.</param>
    public static string Pod(string more = "", string limits = "") =>
        $$$"""
        {{{{more}}}"runtimeClassName":"picokubelet","terminationGracePeriodSeconds":5,"containers":[{"name":"c","image":"picokubelet.io/wasm",
         "command":["/app/a.wasm"],"resources":{"limits":{"memory":"4Ki"{{{limits}}}}},"volumeMounts":[{"name":"p","mountPath":"/app"}]}],
         "volumes":[{"name":"p","configMap":{"name":"wait"}}]}
        """;

    /// <summary>Builds a program of samples/ by its script.</summary>
    /// <returns>The module's path.</returns>
    public async Task<string> BuildAsync(string sample)
    {
        string module = Path.Combine(_folder.Path, sample + ".wasm");
        (await ExternalProgram.RunAsync("sh", [Repository.PathOf($"samples/{sample}/build.sh"), module], new Dictionary<string, string>(), Long)).MustSucceed();
        return module;
    }

    /// <summary>Applies an object.</summary>
    public async Task ApplyAsync(string json)
    {
        JsonNode.Parse(json);
        string file = _folder.Write($"{Guid.NewGuid():N}.json", json);
        (await KubectlAsync("apply", "-f", file)).MustSucceed();
    }

    /// <summary>Runs kubectl until it says just that.</summary>
    public async Task ExpectAsync(string output, params string[] arguments)
    {
        await Eventually.HoldsAsync(Long, async () => Assert.AreEqual(output, (await KubectlAsync(arguments)).Output.Trim(), string.Join(' ', arguments)));
    }

    /// <summary>Runs kubectl.</summary>
    public Task<ProgramResult> KubectlAsync(params string[] arguments)
    {
        Dictionary<string, string> environment = new() { ["KUBECONFIG"] = "/dev/null", ["KUBECACHEDIR"] = Path.Combine(_folder.Path, "cache") };
        return ExternalProgram.RunAsync(KubectlProgram.Require(), ["--server", _cluster.AddressFor("kubectl").Server.ToString(), .. arguments], environment, Long);
    }

    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }
}
