using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.ApiServer.Certificates;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Pods;

/// <summary>
/// Asks nodes' kubelets as the real server does, by TLS and with its own certificate, and those that speak none, as devices do, by
/// plain HTTP; besides with the token of the options.
/// </summary>
internal sealed class KubeletClient
{
    private const int UsualPort = 10250;

    private readonly ObjectStore _store;
    private readonly ApiServerOptions _options;
    private readonly HttpClient _http;
    private readonly bool _hasTls;

    // Which kubelets spoke no TLS when they were last asked.
    private readonly ConcurrentDictionary<string, bool> _plain = new(StringComparer.Ordinal);

    /// <param name="store">Where nodes are.</param>
    /// <param name="options">The nodes' tokens.</param>
    /// <param name="authority">The CA of the kubelets' certificates and of the server's own, PEM; null: no TLS is spoken.</param>
    public KubeletClient(ObjectStore store, ApiServerOptions options, string? authority)
    {
        _store = store;
        _options = options;
        _hasTls = authority is not null;
        // A board has few connections: none is kept for later.
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.Zero,
            UseProxy = false,
            SslOptions = authority is null ? new SslClientAuthenticationOptions() : Tls(authority),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

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
        var node = _store.Get(ResourceCatalog.Nodes, "", name) ?? throw Failures.NotFound(ResourceCatalog.Nodes, name);
        var address = node.Document.Items("status", "addresses").FirstOrDefault(address => address.Text("type") == "InternalIP").Text("address")
            ?? throw Failures.Unexplained($"no preferred addresses found; known addresses: []");
        port ??= (int?)node.Document.Number("status", "daemonEndpoints", "kubeletEndpoint", "Port") ?? UsualPort;
        var authority = $"{address}:{port.Value.ToString(CultureInfo.InvariantCulture)}";
        var isPlain = !_hasTls || _plain.ContainsKey(authority);
        try
        {
            return await SendAsync(name, isPlain, authority + pathAndQuery, method, body, ct);
        }
        catch (HttpRequestException e) when (_hasTls && e.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded)
        {
            // It speaks the other one by now. Who shows a certificate of another CA is not asked in the clear.
            if (!isPlain && e.InnerException?.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) == true)
            {
                throw Unreachable(authority, e);
            }
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(authority, e);
        }
        try
        {
            var answer = await SendAsync(name, !isPlain, authority + pathAndQuery, method, body, ct);
            if (isPlain)
            {
                _plain.TryRemove(authority, out _);
            }
            else
            {
                _plain[authority] = true;
            }
            return answer;
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(authority, e);
        }
    }

    private static ApiException Unreachable(string authority, HttpRequestException e) => Failures.Unexplained($"dial tcp {authority}: {e.Message}");

    private static SslClientAuthenticationOptions Tls(string authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        using var ca = X509Certificate2.CreateFromPem(authority);
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(ca.RawData));
        return new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = policy,
            ClientCertificateContext = SslStreamCertificateContext.Create(KubeletCredentials.Create(authority), null, offline: true),
        };
    }

    private async Task<HttpResponseMessage> SendAsync(string node, bool isPlain, string target, HttpMethod method, HttpContent? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, (isPlain ? "http://" : "https://") + target) { Content = body };
        if (_options.KubeletToken(node) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    private static (string Name, int? Port) Split(string node)
    {
        var colon = node.LastIndexOf(':');
        return colon > 0 && int.TryParse(node.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? (node[..colon], port)
            : (node, null);
    }
}
