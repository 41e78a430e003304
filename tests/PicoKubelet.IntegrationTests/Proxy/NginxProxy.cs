using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Proxy;

/// <summary>The real nginx on loopback with one of the configurations that are deployed, not a byte of it another.</summary>
internal sealed class NginxProxy : IAsyncDisposable
{
    private const string NoNginx = "nginx is not installed; what is tested with it is left out.";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(10);

    private readonly string _folder;
    private readonly string _template;
    private readonly Dictionary<string, string> _variables;
    private readonly Process _process;
    private readonly List<string> _errors = [];

    private NginxProxy(string nginx, string folder, string template, Dictionary<string, string> variables, int port)
    {
        _folder = folder;
        _template = template;
        _variables = variables;
        Port = port;
        ProcessStartInfo start = new(nginx, ["-e", "stderr", "-p", folder, "-c", ConfigurationPath, "-g", "daemon off;"])
        {
            RedirectStandardError = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("nginx does not start.");
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Gets the port that it listens on.</summary>
    public int Port { get; }

    /// <summary>Gets what it has logged, requests and errors.</summary>
    public string Log => string.Concat(File.ReadAllText(LogPath), ErrorText());

    /// <summary>Gets the requests that it has logged.</summary>
    public string[] Requests => File.ReadAllLines(LogPath);

    private string ConfigurationPath => Path.Combine(_folder, "nginx.conf");

    private string LogPath => Path.Combine(_folder, "access.log");

    /// <summary>Starts nginx, and waits until it accepts connections. Without nginx the test is inconclusive.</summary>
    /// <param name="template">The template's path in the repository.</param>
    /// <param name="variables">The template's variables, but for those of nginx's own files and the port.</param>
    /// <param name="prepare">Called with the port, before nginx starts; null for nothing.</param>
    public static async Task<NginxProxy> StartAsync(string template, Dictionary<string, string> variables, Action<int>? prepare = null)
    {
        string nginx = FindNginx() ?? throw new AssertInconclusiveException(NoNginx);
        string folder = TestRun.NewFolder($"nginx-{Guid.NewGuid():N}");
        int port = FreePort();
        Dictionary<string, string> all = new(variables)
        {
            ["PROXY_LISTEN"] = $"127.0.0.1:{port}",
            ["PROXY_FOLDER"] = folder,
            ["PROXY_LOG"] = Path.Combine(folder, "access.log"),
        };
        prepare?.Invoke(port);
        await ConfigureAsync(template, all, folder);
        NginxProxy proxy = new(nginx, folder, template, all, port);
        await proxy.WaitUntilListeningAsync();
        return proxy;
    }

    /// <summary>Configures it anew, as an administrator would: by a reload.</summary>
    /// <param name="name">The variable to change.</param>
    /// <param name="value">Its value.</param>
    public async Task ReconfigureAsync(string name, string value)
    {
        _variables[name] = value;
        await ConfigureAsync(_template, _variables, _folder);
        await SignalAsync("HUP");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAsync("TERM");
            using CancellationTokenSource deadline = new(EndTime);
            await _process.WaitForExitAsync(deadline.Token);
        }

        _process.Dispose();
    }

    // Debian puts servers where not everybody's path looks.
    private static string? FindNginx()
    {
        return ExternalProgram.Find("nginx") ?? (File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : null);
    }

    private static async Task ConfigureAsync(string template, Dictionary<string, string> variables, string folder)
    {
        ProgramResult made = await ExternalProgram.RunAsync(
            Repository.PathOf("deploy/proxy/configure"), [Repository.PathOf(template)], variables, StartTime);
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), made.MustSucceed().Output);
    }

    // Below the range that the kernel gives to outgoing connections, so that nobody takes it before nginx does.
    private static int FreePort()
    {
        while (true)
        {
            int port = Random.Shared.Next(20000, 30000);
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }

    private async Task WaitUntilListeningAsync()
    {
        await Eventually.HoldsAsync(StartTime, async () =>
        {
            Assert.IsFalse(_process.HasExited, ErrorText());
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Port);
            }
            catch (SocketException e)
            {
                Assert.Fail(e.Message);
            }
        });
    }

    private async Task SignalAsync(string signal)
    {
        string pid = _process.Id.ToString(CultureInfo.InvariantCulture);
        (await ExternalProgram.RunAsync("kill", [$"-{signal}", pid], new Dictionary<string, string>(), EndTime)).MustSucceed();
    }

    private void Note(string? line)
    {
        lock (_errors)
        {
            if (line is not null)
            {
                _errors.Add(line);
            }
        }
    }

    private string ErrorText()
    {
        lock (_errors)
        {
            return string.Join('\n', _errors);
        }
    }
}
