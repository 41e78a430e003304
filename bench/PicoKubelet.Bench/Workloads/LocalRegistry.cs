using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PicoKubelet.Bench.Clusters;
using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Workloads;

/// <summary>Debian's docker-registry on a port of its own, that can be away, and skopeo that pushes to it.</summary>
internal sealed class LocalRegistry : IDisposable
{
    private const string Server = "docker-registry";
    private const string Pusher = "skopeo";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("picokubelet-registry-").FullName;
    private readonly int _port = FindFreePort();
    private Process? _server;

    /// <summary>Gets the registry as references name it.</summary>
    public string Name => $"127.0.0.1:{_port}";

    /// <summary>Gets whether there are the programs.</summary>
    public static bool IsAvailable => PathOf(Server) is not null && PathOf(Pusher) is not null;

    /// <summary>Finds a port that is free.</summary>
    public static int FindFreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Starts it.</summary>
    /// <exception cref="BenchException">It does not start.</exception>
    public async Task StartAsync(CancellationToken stop)
    {
        string configuration = Path.Combine(_folder, "config.yml");
        await File.WriteAllTextAsync(configuration, $"version: 0.1\nstorage: {{filesystem: {{rootdirectory: {_folder}}}}}\nhttp: {{addr: \"{Name}\"}}\nlog: {{level: error}}\n", stop);
        _server = Process.Start(new ProcessStartInfo(PathOf(Server)!, ["serve", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _server.BeginErrorReadLine();
        _server.BeginOutputReadLine();
        using HttpClient client = new() { BaseAddress = new Uri($"http://{Name}") };
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < Timeout; await Task.Delay(100, stop))
        {
            try
            {
                await client.GetStringAsync("/v2/", stop);
                return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }

        throw new BenchException($"{Server} does not start");
    }

    /// <summary>Pushes a program, as docs/pods.md says it.</summary>
    /// <param name="image">Repository and tag.</param>
    /// <param name="module">The program.</param>
    /// <returns>The image's reference.</returns>
    public async Task<string> PushAsync(string image, byte[] module, CancellationToken stop)
    {
        string file = Path.Combine(_folder, "program.wasm");
        await File.WriteAllBytesAsync(file, module, stop);
        string reference = $"{Name}/{image}";
        await ControlPlaneFolder.RunAsync(Repository.PathOf("sdk/push.sh"), new Dictionary<string, string>(), stop, file, reference, "--dest-tls-verify=false");
        return reference;
    }

    /// <summary>Ends it; what was pushed stays.</summary>
    public void Stop()
    {
        _server?.Kill();
        _server?.WaitForExit();
        _server?.Dispose();
        _server = null;
    }

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? PathOf(string program)
    {
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
