using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer;

namespace PicoKubelet.Bench.Fleet;

/// <summary>An API server to measure against, as its administrator sees it.</summary>
internal class BenchCluster : IAsyncDisposable
{
    private readonly IAsyncDisposable? _server;

    protected BenchCluster(string name, Uri url, string? caPem, string adminToken, IAsyncDisposable? server)
    {
        Name = name;
        Url = url;
        CaPem = caPem;
        _server = server;
        SocketsHttpHandler handler = new();
        handler.SslOptions.CertificateChainPolicy = caPem is null ? null : Trust(caPem);
        Admin = new HttpClient(handler) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(2) };
        Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminToken);
        Admin.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("picokubelet-bench", "1"));
    }

    /// <summary>Gets what the server is, in a few words.</summary>
    public string Name { get; }

    public Uri Url { get; }

    /// <summary>Gets the CA that signed the server's certificate, PEM, or null over plain HTTP.</summary>
    public string? CaPem { get; }

    /// <summary>Gets a client that may do everything.</summary>
    public HttpClient Admin { get; }

    /// <summary>Starts the embedded API server.</summary>
    public static async Task<BenchCluster> StartEmbeddedAsync(TimeSpan? gracePeriod = null)
    {
        string token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        EmbeddedApiServer server = await EmbeddedApiServer.StartAsync(new ApiServerOptions
        {
            Https = true,
            AdminToken = token,
            NodeMonitorGracePeriod = gracePeriod ?? TimeSpan.FromSeconds(40),
        });
        return new BenchCluster("embedded API server", server.Url, server.CaPem, token, server);
    }

    /// <summary>Makes a policy that trusts one CA alone.</summary>
    /// <param name="caPem">Its certificate, PEM.</param>
    public static X509ChainPolicy Trust(string caPem)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(caPem);
        return policy;
    }

    /// <summary>Creates an object; one that is there already is no error.</summary>
    /// <returns>The object as the server has it, or null where it was there.</returns>
    public async Task<JsonNode?> CreateAsync(string path, JsonNode body)
    {
        using StringContent content = new(body.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Admin.PostAsync(path, content);
        return response.StatusCode == HttpStatusCode.Conflict ? null : await ReadAsync(response);
    }

    /// <summary>Changes an object by a JSON merge patch.</summary>
    public async Task PatchAsync(string path, JsonNode body)
    {
        using StringContent content = new(body.ToJsonString(), Encoding.UTF8, "application/merge-patch+json");
        using HttpResponseMessage response = await Admin.PatchAsync(path, content);
        await ReadAsync(response);
    }

    /// <summary>Reads an object, or a list.</summary>
    /// <returns>The object, or null where there is none.</returns>
    public async Task<JsonNode?> FindAsync(string path)
    {
        using HttpResponseMessage response = await Admin.GetAsync(path);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response);
    }

    /// <summary>Deletes an object; one that is not there is no error.</summary>
    /// <param name="path">The object.</param>
    /// <param name="graceSeconds">How long it may take; null for its own time.</param>
    public async Task DeleteAsync(string path, int? graceSeconds = null)
    {
        using HttpResponseMessage response = await Admin.DeleteAsync(graceSeconds is { } grace ? $"{path}?gracePeriodSeconds={grace}" : path);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            await ReadAsync(response);
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)
            : throw new InvalidOperationException($"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri}: {text}");
    }
}
