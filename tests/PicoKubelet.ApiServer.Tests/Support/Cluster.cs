using System.Net.Http.Headers;
using System.Text;

namespace PicoKubelet.ApiServer.Tests.Support;

/// <summary>A server for one test, and a client of it.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const string Merge = "application/merge-patch+json";
    public const string Strategic = "application/strategic-merge-patch+json";
    public const string JsonPatch = "application/json-patch+json";
    public const string MetadataOnly = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    public const string Table = "application/json;as=Table;g=meta.k8s.io;v=v1";
    public const string Nodes = "/api/v1/nodes";
    public const string Leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
    public const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    public const string Pods = "/api/v1/namespaces/default/pods";
    public const string Apps = "/apis/apps/v1/namespaces/default/";
    public const string Jobs = "/apis/batch/v1/namespaces/default/jobs";

    private Cluster(EmbeddedApiServer server)
    {
        Server = server;
        Http = new HttpClient { BaseAddress = server.Url, Timeout = TimeSpan.FromSeconds(10) };
    }

    public EmbeddedApiServer Server { get; }

    public HttpClient Http { get; }

    public static async Task<Cluster> StartAsync(ApiServerOptions? options = null) =>
        new(await EmbeddedApiServer.StartAsync(options ?? new ApiServerOptions()));

    public Task<Reply> GetAsync(string path, string? accept = null, string? token = null) => SendAsync("GET", path, accept: accept, token: token);

    public Task<Reply> PostAsync(string path, string body, string? accept = null, string? token = null) =>
        SendAsync("POST", path, body, accept: accept, token: token);

    public Task<Reply> PatchAsync(string path, string type, string body, string? accept = null) => SendAsync("PATCH", path, body, type, accept);

    public async Task<Reply> SendAsync(
        string method, string path, string? body = null, string type = "application/json", string? accept = null, string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        var message = await Http.SendAsync(request);
        return new Reply((int)message.StatusCode, await message.Content.ReadAsStringAsync(), message);
    }

    /// <summary>Opens a watch.</summary>
    public async Task<Watch> WatchAsync(string path, string query = "", string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?watch=true&{query}");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }
        var message = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new Watch(message, new StreamReader(await message.Content.ReadAsStreamAsync()));
    }

    /// <summary>Creates a node that reports to be ready.</summary>
    public Task<Reply> CreateNodeAsync(string name) => PostAsync(
        Nodes,
        $$$$"""
        {"kind":"Node","apiVersion":"v1","metadata":{"name":"{{{{name}}}}"},
         "status":{"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady"}],
                   "addresses":[{"type":"InternalIP","address":"10.0.0.1"}],"nodeInfo":{"kubeletVersion":"v1.34.0-picokubelet"}}}
        """);

    /// <summary>Creates a node that takes pods: two of them, with a pin.</summary>
    public async Task CreateBoardAsync(string name, string labels = "{}", string taints = "[]")
    {
        (await PostAsync(
            Nodes,
            $$$$"""
            {"kind":"Node","apiVersion":"v1","metadata":{"name":"{{{{name}}}}","labels":{{{{labels}}}}},"spec":{"taints":{{{{taints}}}}},
             "status":{"conditions":[{"type":"Ready","status":"True"}],"addresses":[{"type":"InternalIP","address":"127.0.0.1"}],
                       "capacity":{"pods":"2","cpu":"1","memory":"64Ki","picokubelet.io/gpio-4":"1"}}}
            """)).Ok();
        await Wait.UntilAsync(
            async () => !(await GetAsync($"{Nodes}/{name}")).Text.Contains("not-ready", StringComparison.Ordinal),
            $"{name} takes pods");
    }

    /// <summary>Creates a pod with more in its spec and its container, each as JSON with a comma in front.</summary>
    public Task<Reply> CreatePodAsync(string name, string spec = "", string container = "", string labels = "{}") => PostAsync(
        Pods, $$$"""{"metadata":{"name":"{{{name}}}","labels":{{{labels}}}},"spec":{"containers":[{"name":"c","image":"x"{{{container}}}}]{{{spec}}}}}""");

    /// <summary>Creates a ConfigMap.</summary>
    public Task<Reply> CreateConfigMapAsync(string name, string labels = "{}") => PostAsync(
        ConfigMaps, $$$"""{"metadata":{"name":"{{{name}}}","labels":{{{labels}}} },"data":{"a":"1"}}""");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }
}
