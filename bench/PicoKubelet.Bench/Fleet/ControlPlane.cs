using System.Globalization;
using PicoKubelet.Bench.Clusters;

namespace PicoKubelet.Bench.Fleet;

/// <summary>A real control plane on 127.0.0.1: etcd, kube-apiserver and kube-controller-manager, with RBAC, by the tests' own scripts.</summary>
internal sealed class ControlPlane : BenchCluster
{
    /// <summary>The environment variable that names the folder with the control plane's programs.</summary>
    public const string AssetsVariable = ControlPlaneAssets.Variable;

    private const string ApiServer = "kube-apiserver";

    private readonly ControlPlaneFolder _folder;
    private readonly CancellationToken _stop;

    private ControlPlane(ControlPlaneFolder folder, string version, CancellationToken stop)
        : base(version, new Uri(folder.Read("url")), folder.Read("ca.crt"), folder.Read("admin.token"), folder)
    {
        _folder = folder;
        _stop = stop;
        string port = folder.Read("instance").Split('\n').First(line => line.Contains("etcd_port", StringComparison.Ordinal));
        EtcdMetrics = new Uri($"http://127.0.0.1:{port.Split('"')[1]}/metrics");
    }

    /// <summary>Gets whether there are programs for a control plane.</summary>
    public static bool IsAvailable => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(AssetsVariable));

    /// <summary>Gets where etcd's metrics are.</summary>
    public Uri EtcdMetrics { get; }

    /// <summary>Gets the certificate and the key of the CA that signs clients' certificates, PEM.</summary>
    public (string Certificate, string Key) ClientAuthority => (_folder.Read("pki/ca.crt"), _folder.Read("pki/ca.key"));

    /// <summary>Starts a control plane with Kubernetes' own grace period of 40 s.</summary>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="Reporting.BenchException">It does not start.</exception>
    public static Task<ControlPlane> StartAsync(CancellationToken stop = default) => StartAsync([], stop);

    /// <summary>Starts a control plane.</summary>
    /// <param name="environment">Variables for up.sh.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="Reporting.BenchException">It does not start.</exception>
    public static async Task<ControlPlane> StartAsync(Dictionary<string, string> environment, CancellationToken stop)
    {
        ControlPlaneFolder folder = await ControlPlaneFolder.StartAsync(environment, stop);
        try
        {
            string program = Path.Combine(Environment.GetEnvironmentVariable(AssetsVariable)!, ApiServer);
            string version = (await ControlPlaneFolder.RunAsync(program, new Dictionary<string, string>(), stop, "--version")).Trim();
            return new ControlPlane(folder, version.Replace("Kubernetes", ApiServer, StringComparison.Ordinal), stop);
        }
        catch
        {
            await folder.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gets whether it schedules pods.</summary>
    public bool HasScheduler => _folder.Has("kube-scheduler.pid");

    /// <summary>Gets the process of one of its programs.</summary>
    public int ProcessOf(string program) => int.Parse(_folder.Read(program + ".pid"), CultureInfo.InvariantCulture);

    /// <summary>Ends the API server at once, as a crash would. What it stored stays.</summary>
    public Task StopApiServerAsync() => _folder.StopAsync(ApiServer, _stop);

    /// <summary>Starts the API server again where it was, and waits until it is ready.</summary>
    public Task StartApiServerAsync() => _folder.StartAsync(ApiServer, _stop);
}
