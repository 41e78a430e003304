using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace PicoKubelet.Bench.Clusters;

/// <summary>A control plane of real programs on this machine: etcd, kube-apiserver and kube-controller-manager, by tests/control-plane.</summary>
internal sealed class RealCluster : IAsyncDisposable
{
    private const string Namespace = "picokubelet";
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1";
    private const string Accounts = $"/api/v1/namespaces/{Namespace}/serviceaccounts";

    private const string ApiServer = "kube-apiserver";

    private readonly ControlPlaneFolder _folder;
    private readonly CancellationToken _stop;
    private readonly HttpClient _admin;

    private RealCluster(ControlPlaneFolder folder, CancellationToken stop)
    {
        _folder = folder;
        _stop = stop;
        Url = new Uri(folder.Read("url"));
        CaPem = folder.Read("ca.crt");
        X509ChainPolicy trust = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPem(CaPem);
        _admin = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust } }) { BaseAddress = Url };
        _admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", folder.Read("admin.token"));
        _admin.DefaultRequestHeaders.UserAgent.ParseAdd("picokubelet-bench");
    }

    public Uri Url { get; }

    public string CaPem { get; }

    /// <summary>Starts a control plane.</summary>
    /// <param name="graceSeconds">After how long a silent node is Unknown.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The control plane, which ends with this process at the latest.</returns>
    public static async Task<RealCluster> StartAsync(int graceSeconds, CancellationToken stop)
    {
        Dictionary<string, string> environment = new() { ["NODE_GRACE"] = $"{graceSeconds}s", ["NODE_PERIOD"] = "1s" };
        ControlPlaneFolder folder = await ControlPlaneFolder.StartAsync(environment, stop);
        RealCluster cluster = new(folder, stop);
        try
        {
            await cluster.SendAsync("POST", "/api/v1/namespaces", Named(Namespace));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Task StopApiServerAsync() => _folder.StopAsync(ApiServer, _stop);

    public Task StartApiServerAsync() => _folder.StartAsync(ApiServer, _stop);

    /// <summary>Makes a board's identity, which may touch the board's own objects alone.</summary>
    /// <returns>Its token.</returns>
    public async Task<string> CreateBoardAsync(string node)
    {
        await SendAsync("POST", Accounts, Named(node));
        JsonObject role = Named(node);
        role["rules"] = new JsonArray(
            Rule("", "nodes", null, "create"),
            Rule("", "nodes", node, "get", "patch"),
            Rule("", "nodes/status", node, "patch"),
            Rule("coordination.k8s.io", "leases", null, "create"),
            Rule("coordination.k8s.io", "leases", node, "get", "update", "patch"),
            Rule("", "configmaps", node, "get", "watch"),
            Rule("", "events", null, "create", "patch"));
        await SendAsync("POST", Rbac + "/clusterroles", role);
        JsonObject binding = Named(node);
        binding["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = node };
        binding["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["namespace"] = Namespace, ["name"] = node });
        await SendAsync("POST", Rbac + "/clusterrolebindings", binding);
        return await CreateTokenAsync(node);
    }

    public async Task<string> CreateTokenAsync(string node)
    {
        JsonNode? reply = await SendAsync("POST", $"{Accounts}/{node}/token", new JsonObject { ["spec"] = new JsonObject { ["expirationSeconds"] = 3600 } });
        return reply!["status"]!["token"]!.GetValue<string>();
    }

    /// <summary>Deletes a board's ServiceAccount: all of its tokens are worth nothing.</summary>
    public Task RevokeAsync(string node) => SendAsync("DELETE", $"{Accounts}/{node}");

    /// <summary>Makes a ServiceAccount again; the rights are still there.</summary>
    public Task CreateAccountAsync(string node) => SendAsync("POST", Accounts, Named(node));

    public Task DeleteNodeAsync(string node) => SendAsync("DELETE", "/api/v1/nodes/" + node);

    public Task DeleteLeaseAsync(string node) => SendAsync("DELETE", LeasePath(node));

    /// <summary>Reads the status of the Node's condition Ready, and when its Lease was renewed.</summary>
    /// <returns>"none" where there is no Node; the time is the default where there is no Lease.</returns>
    public async Task<(string Ready, DateTimeOffset Renewed)> LookAsync(string node)
    {
        JsonNode? found = await SendAsync("GET", "/api/v1/nodes/" + node);
        JsonNode? lease = await SendAsync("GET", LeasePath(node));
        JsonNode? ready = found?["status"]?["conditions"]?.AsArray().FirstOrDefault(condition => condition!["type"]!.GetValue<string>() == "Ready");
        string? renewed = lease?["spec"]?["renewTime"]?.GetValue<string>();
        string status = found is null ? "none" : ready?["status"]!.GetValue<string>() ?? "not set";
        return (status, renewed is null ? default : DateTimeOffset.Parse(renewed, System.Globalization.CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _folder.DisposeAsync();
    }

    private static string LeasePath(string node) => "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/" + node;

    private static JsonObject Named(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name } };

    private static JsonObject Rule(string group, string resource, string? name, params string[] verbs) => new()
    {
        ["apiGroups"] = new JsonArray(group),
        ["resources"] = new JsonArray(resource),
        ["verbs"] = new JsonArray([.. verbs.Select(verb => (JsonNode)verb)]),
        ["resourceNames"] = name is null ? [] : new JsonArray(name),
    };

    private async Task<JsonNode?> SendAsync(string method, string path, JsonNode? body = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _admin.SendAsync(request, _stop);
        string text = await response.Content.ReadAsStringAsync(_stop);
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)
            : (int)response.StatusCode == 404 ? null
            : throw new InvalidOperationException($"{method} {path}: {text}");
    }
}
