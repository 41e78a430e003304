using System.Globalization;
using System.Net.Http.Headers;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Pods;

/// <summary>Asks nodes' kubelets, over plain HTTP and with the token of the options.</summary>
internal sealed class KubeletClient(ObjectStore store, ApiServerOptions options)
{
    private const int UsualPort = 10250;

    // A board has few connections: none is kept for later.
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.Zero,
        UseProxy = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends a request, and returns with the head of the answer.</summary>
    /// <param name="nodeName">The node, or NODE:PORT.</param>
    /// <param name="method">The method.</param>
    /// <param name="pathAndQuery">What is asked for.</param>
    /// <param name="body">The request's body, or null.</param>
    /// <param name="ct">Gives it up.</param>
    /// <exception cref="ApiException">There is no such node, or it can not be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(string nodeName, HttpMethod method, string pathAndQuery, HttpContent? body, CancellationToken ct)
    {
        var (name, port) = Split(nodeName);
        var node = store.Get(ResourceCatalog.Nodes, "", name) ?? throw Failures.NotFound(ResourceCatalog.Nodes, name);
        var address = node.Document.Items("status", "addresses").FirstOrDefault(address => address.Text("type") == "InternalIP").Text("address")
            ?? throw Failures.Unexplained($"no preferred addresses found; known addresses: []");
        port ??= (int?)node.Document.Number("status", "daemonEndpoints", "kubeletEndpoint", "Port") ?? UsualPort;
        var url = $"http://{address}:{port.Value.ToString(CultureInfo.InvariantCulture)}{pathAndQuery}";
        using var request = new HttpRequestMessage(method, url) { Content = body };
        if (options.KubeletToken(name) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        try
        {
            return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException e)
        {
            throw Failures.Unexplained($"Get \"{url}\": dial tcp {address}:{port}: {e.Message}");
        }
    }

    private static (string Name, int? Port) Split(string node)
    {
        var colon = node.LastIndexOf(':');
        return colon > 0 && int.TryParse(node.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? (node[..colon], port)
            : (node, null);
    }
}
