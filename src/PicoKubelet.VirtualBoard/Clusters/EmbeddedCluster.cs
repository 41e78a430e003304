using System.Net;
using System.Security.Cryptography;
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
    private readonly string? _kubeconfigFolder;

    private EmbeddedCluster(EmbeddedApiServer server, string? kubeconfigFolder, string title)
    {
        _server = server;
        _kubeconfigFolder = kubeconfigFolder;
        Title = title;
    }

    public string Title { get; }

    public string KubectlLine => _kubeconfigFolder is null
        ? $"kubectl --server {_server.Url.GetLeftPart(UriPartial.Authority)} get nodes"
        : $"kubectl --kubeconfig {KubeconfigPath(_kubeconfigFolder)} get nodes";

    public string? CaFile => _kubeconfigFolder is null ? null : CaPath(_kubeconfigFolder);

    /// <summary>Starts the API server.</summary>
    /// <param name="port">Its port, or null for the usual one or else any that is free.</param>
    /// <param name="useHttps">Whether it speaks HTTPS and asks kubectl for a token, by a kubeconfig.</param>
    /// <exception cref="CommandException">The port that was asked for is taken.</exception>
    public static async Task<EmbeddedCluster> StartAsync(int? port, bool useHttps)
    {
        string? adminToken = useHttps ? NewToken() : null;
        EmbeddedApiServer server = await TryStartAsync(port ?? UsualPort, useHttps, adminToken)
            ?? (port is null ? await TryStartAsync(AnyPort, useHttps, adminToken) : null)
            ?? throw new CommandException("--port", $"port {port ?? UsualPort} of 127.0.0.1 is taken: give another one, or none for any that is free");
        string url = server.Url.GetLeftPart(UriPartial.Authority);
        bool isMoved = port is null && server.Url.Port != UsualPort;
        return new EmbeddedCluster(server, useHttps ? WriteKubeconfig(server) : null, isMoved ? $"{url} (embedded; port {UsualPort} is taken)" : $"{url} (embedded)");
    }

    public ClusterAddress AddressFor(string nodeName)
    {
        string token = NewToken();
        _server.AddToken(
            token,
            "system:serviceaccount:picokubelet:" + nodeName,
            "create nodes",
            $"get,patch nodes,nodes/status name={nodeName}",
            "create leases namespace=kube-node-lease",
            $"get,update,patch leases namespace=kube-node-lease name={nodeName}",
            $"get,list,watch configmaps namespace=picokubelet name={nodeName}",
            "create,patch events");
        return new ClusterAddress(_server.Url, token, _server.CaPem);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        if (_kubeconfigFolder is not null)
        {
            Directory.Delete(_kubeconfigFolder, recursive: true);
        }
    }

    private static async Task<EmbeddedApiServer?> TryStartAsync(int port, bool useHttps, string? adminToken)
    {
        var options = new ApiServerOptions { Address = IPAddress.Loopback.ToString(), Port = port, Https = useHttps, AdminToken = adminToken };
        try
        {
            return await EmbeddedApiServer.StartAsync(options);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string NewToken()
    {
        return RandomNumberGenerator.GetHexString(32, lowercase: true);
    }

    // The folder is the owner's alone: the file holds a token.
    private static string WriteKubeconfig(EmbeddedApiServer server)
    {
        string folder = Directory.CreateTempSubdirectory("picokubelet-").FullName;
        File.WriteAllText(KubeconfigPath(folder), server.KubeconfigYaml());
        File.WriteAllText(CaPath(folder), server.CaPem);
        return folder;
    }

    private static string CaPath(string folder)
    {
        return Path.Combine(folder, "ca.crt");
    }

    private static string KubeconfigPath(string folder)
    {
        return Path.Combine(folder, "kubeconfig");
    }
}
