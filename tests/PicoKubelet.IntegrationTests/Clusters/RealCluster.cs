using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>A real control plane on 127.0.0.1: etcd, kube-apiserver, kube-controller-manager and kube-scheduler, with RBAC.</summary>
internal sealed class RealCluster : Cluster
{
    /// <summary>The environment variable that names the folder with the control plane's programs.</summary>
    public const string AssetsVariable = "KUBEBUILDER_ASSETS";

    private const string ApiServer = "kube-apiserver";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private readonly string _folder;

    private RealCluster(string folder)
        : base(new Uri(Read(folder, "url")), Read(folder, "ca.crt"), Read(folder, "admin.token"), folder)
    {
        _folder = folder;
    }

    /// <inheritdoc/>
    public override string KubeconfigPath => Path.Combine(_folder, "admin.kubeconfig");

    /// <summary>Starts a control plane.</summary>
    /// <param name="folder">A folder for all its files.</param>
    public static async Task<RealCluster> StartAsync(string folder)
    {
        await RunScriptAsync("up.sh", folder);
        RealCluster cluster = new(folder);
        await cluster.Identities.PrepareAsync();
        return cluster;
    }

    /// <inheritdoc/>
    public override Task StopApiServerAsync()
    {
        return RunScriptAsync("down.sh", _folder, ApiServer);
    }

    /// <inheritdoc/>
    public override Task StartApiServerAsync()
    {
        return RunScriptAsync("up.sh", _folder, ApiServer);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await RunScriptAsync("down.sh", _folder);
    }

    private static string Read(string folder, string file)
    {
        return File.ReadAllText(Path.Combine(folder, file));
    }

    private static async Task RunScriptAsync(string script, params string[] arguments)
    {
        Dictionary<string, string> environment = new()
        {
            ["NODE_GRACE"] = $"{GracePeriod.TotalSeconds}s",
            ["NODE_PERIOD"] = "1s",
            ["NODE_EVICTION_RATE"] = "100",
            ["SCHEDULER"] = "yes",
            ["OWNER"] = Environment.ProcessId.ToString(),
        };
        string path = Repository.PathOf($"tests/control-plane/{script}");
        ProgramResult result = await ExternalProgram.RunAsync(path, arguments, environment, StartTimeout);
        result.MustSucceed();
    }
}
