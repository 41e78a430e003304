using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>An API server with its node controller, as boards, administrators and kubectl see it.</summary>
internal abstract class Cluster : IAsyncDisposable
{
    private const string MergePatch = "application/merge-patch+json";

    private static readonly TimeSpan KubectlTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _admin;
    private readonly string _folder;

    /// <summary>Initializes what is common to all clusters.</summary>
    /// <param name="url">The API server.</param>
    /// <param name="caPem">The CA that signed its certificate.</param>
    /// <param name="adminToken">A token that may do everything.</param>
    /// <param name="folder">A folder for the cluster's files; kubectl's cache goes there.</param>
    protected Cluster(Uri url, string caPem, string adminToken, string folder)
    {
        Url = url;
        CaPem = caPem;
        _folder = folder;
        Identities = new BoardIdentities(this);
        _admin = new HttpClient(NewHandler()) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };
        _admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminToken);
        _admin.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("picokubelet-tests", "1"));
    }

    /// <summary>Gets the API server's URL.</summary>
    public Uri Url { get; }

    /// <summary>Gets the CA that signed the API server's certificate, PEM.</summary>
    public string CaPem { get; }

    /// <summary>Gets the identities with which boards join.</summary>
    public BoardIdentities Identities { get; }

    /// <summary>Gets how long the node controller waits for a heartbeat before it calls a node's state unknown.</summary>
    public static TimeSpan GracePeriod { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the path of the administrator's kubeconfig.</summary>
    public abstract string KubeconfigPath { get; }

    /// <summary>Gets the path of a node.</summary>
    public static string NodePath(string name)
    {
        return $"/api/v1/nodes/{name}";
    }

    /// <summary>Gets the path of a node's Lease.</summary>
    public static string LeasePath(string name)
    {
        return $"/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/{name}";
    }

    /// <summary>Makes a client's handler that trusts this cluster's CA alone.</summary>
    public SocketsHttpHandler NewHandler()
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPem(CaPem);
        return new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
        };
    }

    /// <summary>Reads an object as the administrator.</summary>
    /// <returns>The object, or null where there is none.</returns>
    public async Task<JsonNode?> FindAsync(string path)
    {
        using HttpResponseMessage response = await _admin.GetAsync(path);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response);
    }

    /// <summary>Reads an object that must exist, as the administrator.</summary>
    public async Task<JsonNode> GetAsync(string path)
    {
        JsonNode? found = await FindAsync(path);
        Assert.IsNotNull(found, $"{path} does not exist.");
        return found;
    }

    /// <summary>Creates an object as the administrator.</summary>
    /// <returns>The object as stored.</returns>
    public Task<JsonNode> CreateAsync(string path, JsonNode body)
    {
        return SendAsync(HttpMethod.Post, path, body, "application/json");
    }

    /// <summary>Patches an object as the administrator, with a JSON merge patch.</summary>
    /// <returns>The object as stored.</returns>
    public Task<JsonNode> PatchAsync(string path, JsonNode body)
    {
        return SendAsync(HttpMethod.Patch, path, body, MergePatch);
    }

    /// <summary>Deletes an object as the administrator; none is no error.</summary>
    public async Task DeleteAsync(string path)
    {
        using HttpResponseMessage response = await _admin.DeleteAsync(path);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            await ReadAsync(response);
        }
    }

    /// <summary>Runs kubectl as the administrator. Without kubectl the test is inconclusive.</summary>
    /// <param name="arguments">kubectl's arguments.</param>
    /// <returns>What kubectl left behind.</returns>
    public Task<ProgramResult> KubectlAsync(params string[] arguments)
    {
        return KubectlAsync(new Dictionary<string, string>(), arguments);
    }

    /// <summary>Runs kubectl as the administrator. Without kubectl the test is inconclusive.</summary>
    /// <param name="environment">Variables to add to kubectl's environment.</param>
    /// <param name="arguments">kubectl's arguments.</param>
    /// <returns>What kubectl left behind.</returns>
    public async Task<ProgramResult> KubectlAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string kubectl = KubectlProgram.Require();
        string[] common = ["--kubeconfig", KubeconfigPath, "--cache-dir", Path.Combine(_folder, "kubectl-cache")];
        return await ExternalProgram.RunAsync(kubectl, [.. common, .. arguments], environment, KubectlTimeout);
    }

    /// <summary>Ends the API server at once, as a crash would. What it stored stays.</summary>
    public abstract Task StopApiServerAsync();

    /// <summary>Starts the API server again where it was, and waits until it is ready.</summary>
    public abstract Task StartApiServerAsync();

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        _admin.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.IsTrue(response.IsSuccessStatusCode, $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri}: {text}");
        return JsonNode.Parse(text) ?? throw new InvalidDataException("The API server replied null.");
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode body, string contentType)
    {
        using HttpRequestMessage request = new(method, path)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, MediaTypeHeaderValue.Parse(contentType)),
        };
        using HttpResponseMessage response = await _admin.SendAsync(request);
        return await ReadAsync(response);
    }
}
