using System.Diagnostics;
using System.Globalization;
using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Clusters;

/// <summary>
/// A control plane of real programs on 127.0.0.1, by tests/control-plane, in a temporary folder. The folder holds an administrator's
/// token: it goes with the programs, whatever happens. Killed outright, only the programs end by themselves.
/// </summary>
internal sealed class ControlPlaneFolder : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("picokubelet-bench-").FullName;
    private readonly Dictionary<string, string> _environment;

    private ControlPlaneFolder(Dictionary<string, string> environment)
    {
        _environment = environment;
        _environment["OWNER"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Starts etcd, kube-apiserver, kube-controller-manager and, where it is asked for, kube-scheduler.</summary>
    /// <param name="environment">Variables for up.sh: NODE_GRACE, NODE_PERIOD, SCHEDULER.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="BenchException">They do not start.</exception>
    public static async Task<ControlPlaneFolder> StartAsync(Dictionary<string, string> environment, CancellationToken stop)
    {
        ControlPlaneFolder folder = new(environment);
        try
        {
            await folder.RunScriptAsync("up.sh", stop);
            return folder;
        }
        catch
        {
            await folder.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads a file that up.sh wrote.</summary>
    public string Read(string file) => File.ReadAllText(Path.Combine(_folder, file)).Trim();

    /// <summary>Gets whether up.sh wrote a file.</summary>
    public bool Has(string file) => File.Exists(Path.Combine(_folder, file));

    /// <summary>Ends one of the programs at once, as a crash would. What it stored stays.</summary>
    public Task StopAsync(string program, CancellationToken stop) => RunScriptAsync("down.sh", stop, program);

    /// <summary>Starts it again where it was, and waits until it is ready.</summary>
    public Task StartAsync(string program, CancellationToken stop) => RunScriptAsync("up.sh", stop, program);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await RunScriptAsync("down.sh", CancellationToken.None);
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="BenchException">It can not be started, or fails.</exception>
    public static async Task<string> RunAsync(string program, IReadOnlyDictionary<string, string> environment, CancellationToken stop, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(Timeout);
        using Process process = Start(start);
        try
        {
            // Both to their ends, lest it waits for room.
            Task<string> error = process.StandardError.ReadToEndAsync(deadline.Token);
            string output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0 ? output : throw new BenchException($"{Path.GetFileName(program)}: {(await error).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            stop.ThrowIfCancellationRequested();
            throw new BenchException($"{Path.GetFileName(program)} does not end");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new BenchException($"{start.FileName}: {exception.Message}");
        }
    }

    private Task<string> RunScriptAsync(string script, CancellationToken stop, params string[] programs)
    {
        return RunAsync(Repository.PathOf($"tests/control-plane/{script}"), _environment, stop, [_folder, .. programs]);
    }
}
