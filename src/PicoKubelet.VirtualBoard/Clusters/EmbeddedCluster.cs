using System.Net;
using System.Net.Sockets;
using PicoKubelet.ApiServer;
using PicoKubelet.VirtualBoard.Cli;

namespace PicoKubelet.VirtualBoard.Clusters;

/// <summary>The cluster that this process runs itself.</summary>
internal sealed class EmbeddedCluster : ICluster
{
    // The port of "kubectl proxy", which this server is as open as.
    private const int UsualPort = 8001;
    private const int AnyPort = 0;

    private readonly EmbeddedApiServer _server;
    private readonly ClusterIdentity _identity;
    private readonly bool _takesAnyName;
    private readonly bool _usesHttps;

    private EmbeddedCluster(EmbeddedApiServer server, ClusterIdentity identity, RunOptions options)
    {
        _server = server;
        _identity = identity;
        _usesHttps = options.UseHttps;
        _takesAnyName = options.Provisions;
        string url = server.Url.GetLeftPart(UriPartial.Authority);
        bool isMoved = options.Port is null && KnownPort(options, identity) is null && server.Url.Port != UsualPort;
        Title = isMoved ? $"{url} (embedded; port {UsualPort} is taken)" : $"{url} (embedded)";
    }

    public string Title { get; }

    public string KubectlLine => _usesHttps
        ? $"kubectl --kubeconfig {KubeconfigPath} get nodes"
        : $"kubectl --server {_server.Url.GetLeftPart(UriPartial.Authority)} get nodes";

    public string? CaFile => _usesHttps ? Path.Combine(_identity.Folder, "ca.crt") : null;

    private string KubeconfigPath => Path.Combine(_identity.Folder, "kubeconfig");

    /// <summary>Starts the API server.</summary>
    /// <param name="options">The command line: the port, or the usual one or else any that is free; HTTPS, and the folder of what is kept.</param>
    /// <exception cref="CommandException">The port that was asked for, or that the boards know, is taken; or the folder can not be used.</exception>
    public static async Task<EmbeddedCluster> StartAsync(RunOptions options)
    {
        ClusterIdentity identity = StateFolder.Use(options.StateFolder, () => ClusterIdentity.Load(options.StateFolder));
        try
        {
            EmbeddedApiServer server = await StartServerAsync(options, identity);
            server.Create(ClusterObjects.RuntimeClass);
            var cluster = new EmbeddedCluster(server, identity, options);
            return StateFolder.Use(options.StateFolder, cluster.Keep);
        }
        catch
        {
            Forget(identity);
            throw;
        }
    }

    public string? KubeletTokenFor(string nodeName)
    {
        return KubeletTokenOf(_identity, nodeName);
    }

    public ClusterAddress AddressFor(string nodeName)
    {
        // A board that is given its settings by hand may name itself as it likes.
        string named = _takesAnyName ? "" : " name=" + nodeName;
        string token = _identity.TokenOf(nodeName);
        _server.AddToken(
            token,
            "system:serviceaccount:picokubelet:" + nodeName,
            "create nodes",
            "get,patch,watch nodes,nodes/status" + named,
            "create tokenreviews,subjectaccessreviews",
            "create leases namespace=kube-node-lease",
            "get,update,patch leases namespace=kube-node-lease" + named,
            "get,list,watch configmaps namespace=picokubelet" + named,
            "get,list,watch,delete pods",
            "patch pods/status",
            "get configmaps", // those that its pods mount
            "create,patch events");
        return new ClusterAddress(_server.Url, token, _server.CaPem);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Forget(_identity);
    }

    private static async Task<EmbeddedApiServer> StartServerAsync(RunOptions options, ClusterIdentity identity)
    {
        int? known = KnownPort(options, identity);
        int wanted = options.Port ?? known ?? UsualPort;
        return await TryStartAsync(wanted, options, identity)
            ?? (options.Port is null && known is null ? await TryStartAsync(AnyPort, options, identity) : null)
            ?? throw (options.Port is null
                ? new CommandException("--state", $"the boards in {options.StateFolder} know the embedded API server at port {wanted} of 127.0.0.1, which is taken: free it, or use another folder")
                : new CommandException("--port", $"port {wanted} of 127.0.0.1 is taken: give another one, or none for any that is free"));
    }

    // The URL is in the settings of boards that were given them by hand: another port is no use to them.
    private static int? KnownPort(RunOptions options, ClusterIdentity identity)
    {
        return options.Provisions ? identity.Port : null;
    }

    private static async Task<EmbeddedApiServer?> TryStartAsync(int port, RunOptions run, ClusterIdentity identity)
    {
        string? given = SettingsDocument.ReadKubeletToken(run.SettingsJson);
        var options = new ApiServerOptions
        {
            Address = IPAddress.Loopback.ToString(),
            Port = port,
            Https = run.UseHttps,
            Authority = identity.Authority,
            AdminToken = run.UseHttps ? identity.AdminToken : null,
            KubeletToken = name => given ?? KubeletTokenOf(identity, name),
        };
        try
        {
            return await EmbeddedApiServer.StartAsync(options);
        }
        catch (IOException)
        {
            return null;
        }
        catch (SocketException exception)
        {
            throw new CommandException("--port", $"can not listen at port {port} of 127.0.0.1: {exception.Message}");
        }
    }

    // No board's name has a colon.
    private static string KubeletTokenOf(ClusterIdentity identity, string nodeName)
    {
        return identity.TokenOf("kubelet:" + nodeName);
    }

    private static void Forget(ClusterIdentity identity)
    {
        if (!identity.IsKept)
        {
            Directory.Delete(identity.Folder, recursive: true);
        }
    }

    // The folder is the owner's alone: the file holds a token.
    private EmbeddedCluster Keep()
    {
        if (_takesAnyName)
        {
            _identity.KeepPort(_server.Url.Port);
        }

        if (CaFile is not null)
        {
            File.WriteAllText(KubeconfigPath, _server.KubeconfigYaml());
            File.WriteAllText(CaFile, _server.CaPem);
        }

        return this;
    }
}
