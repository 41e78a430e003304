using System.Diagnostics;

namespace PicoKubelet.Bench.Fleet;

/// <summary>A real control plane on 127.0.0.1: etcd, kube-apiserver and kube-controller-manager, with RBAC, by the tests' own scripts.</summary>
internal sealed class ControlPlane : BenchCluster
{
    /// <summary>The environment variable that names the folder with the control plane's programs.</summary>
    public const string AssetsVariable = "KUBEBUILDER_ASSETS";

    private static readonly TimeSpan ScriptTimeout = TimeSpan.FromMinutes(3);

    private readonly string _folder;

    private ControlPlane(string folder, string version)
        : base(version, new Uri(Read(folder, "url")), Read(folder, "ca.crt"), Read(folder, "admin.token"), null)
    {
        _folder = folder;
        string port = Read(folder, "instance").Split('\n').First(line => line.Contains("etcd_port", StringComparison.Ordinal));
        EtcdMetrics = new Uri($"http://127.0.0.1:{port.Split('"')[1]}/metrics");
    }

    /// <summary>Gets whether there are programs for a control plane.</summary>
    public static bool IsAvailable => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(AssetsVariable));

    /// <summary>Gets where etcd's metrics are.</summary>
    public Uri EtcdMetrics { get; }

    /// <summary>Starts a control plane with Kubernetes' own grace period of 40 s.</summary>
    public static async Task<ControlPlane> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("picokubelet-bench-").FullName;
        await RunScriptAsync("up.sh", folder);
        string program = Path.Combine(Environment.GetEnvironmentVariable(AssetsVariable)!, "kube-apiserver");
        string version = (await RunAsync(program, "--version")).Trim().Replace("Kubernetes", "kube-apiserver", StringComparison.Ordinal);
        return new ControlPlane(folder, version);
    }

    /// <summary>Gets the process of one of its programs.</summary>
    public int ProcessOf(string program)
    {
        return int.Parse(Read(_folder, program + ".pid"), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Ends the API server at once, as a crash would. What it stored stays.</summary>
    public Task StopApiServerAsync()
    {
        return RunScriptAsync("down.sh", _folder, "kube-apiserver");
    }

    /// <summary>Starts the API server again where it was, and waits until it is ready.</summary>
    public Task StartApiServerAsync()
    {
        return RunScriptAsync("up.sh", _folder, "kube-apiserver");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await RunScriptAsync("down.sh", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    private static string Read(string folder, string file)
    {
        return File.ReadAllText(Path.Combine(folder, file)).Trim('\n');
    }

    private static Task<string> RunScriptAsync(string script, params string[] arguments)
    {
        return RunAsync(Repository.PathOf($"tests/control-plane/{script}"), arguments);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OWNER"] = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        using CancellationTokenSource deadline = new(ScriptTimeout);
        Task<string> error = process.StandardError.ReadToEndAsync(deadline.Token);
        string output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program}: {await error}");
    }
}
