using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PicoKubelet.ApiServer;
using PicoKubelet.ApiServer.Applying;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Lifecycle;
using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.Bench.Simulation;

/// <summary>The embedded API server and its controllers without sockets and threads, on a clock that the simulation moves.</summary>
internal sealed class VirtualCluster
{
    /// <summary>The board's token.</summary>
    public const string BoardToken = "eyJhbGciOi.board.t0ken";

    /// <summary>The namespace of the boards' ConfigMaps.</summary>
    public const string BoardNamespace = "picokubelet";

    private const string AdminToken = "admin";

    private static readonly string[] PodRights = ["list,watch,get,delete pods", "patch pods/status", "get configmaps"];

    private readonly VirtualTime _time;
    private readonly ObjectStore _store;
    private readonly Controllers _controllers;
    private readonly ApiDispatcher _dispatcher;

    public VirtualCluster(VirtualTime time, string nodeName, bool hasPods = false)
    {
        _time = time;
        NodeName = nodeName;
        var options = new ApiServerOptions { Time = time, AdminToken = AdminToken };
        var tokens = new TokenTable(AdminToken);
        tokens.Add(BoardToken, new Identity("system:serviceaccount:picokubelet:" + nodeName, [], RightsOf(nodeName, hasPods), () => IsTokenValid));
        _store = new ObjectStore(time);
        _controllers = new Controllers(_store, options, caPem: null);
        var writer = new ObjectWriter(time);
        _dispatcher = new ApiDispatcher(
            _store,
            tokens,
            certificates: null,
            new Impersonation(_store, tokens),
            new ReadHandler(_store, writer),
            new WatchHandler(_store, writer, time, CancellationToken.None),
            new WriteHandler(_store, writer, new ServerSideApply(time)),
            new DeleteHandler(_store, writer),
            new SubresourceHandler(_store, tokens, writer, signer: null, new KubeletClient(_store, options, authority: null), options));
        time.Every((long)options.NodeMonitorPeriod.TotalMilliseconds, () => _controllers.CatchUp(looks: true));
        Admin("POST", "/api/v1/namespaces", Named(BoardNamespace));
    }

    public string NodeName { get; }

    /// <summary>Gets or sets whether the board's token is one.</summary>
    public bool IsTokenValid { get; set; } = true;

    /// <summary>Gets the status of the Node's condition Ready, or "none" where there is no Node.</summary>
    public string Ready => Node is { } node ? ConditionOf(node, "Ready") ?? "not set" : "none";

    /// <summary>Gets the Node, or null.</summary>
    public JsonObject? Node => _store.Get(ResourceCatalog.Nodes, "", NodeName)?.Document;

    /// <summary>Gets the Lease, or null.</summary>
    public JsonObject? Lease => _store.Get(ResourceCatalog.Leases, "kube-node-lease", NodeName)?.Document;

    /// <summary>Gets the pods, of all namespaces.</summary>
    public IReadOnlyList<JsonObject> Pods => [.. _store.List(ResourceCatalog.Pods, null).Items.Select(pod => pod.Document)];

    private string ConfigMapsPath => $"/api/v1/namespaces/{BoardNamespace}/configmaps";

    public static string? ConditionOf(JsonObject node, string type) =>
        node.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == type).Text("status");

    /// <summary>Does what <c>kubectl</c> does for somebody who may do everything.</summary>
    /// <returns>Whether it was done.</returns>
    public bool Admin(string method, string path, JsonNode? body = null)
    {
        var contentType = method == "PATCH" ? "application/merge-patch+json" : "application/json";
        var content = body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString());
        var head = $"{method} {path} HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer {AdminToken}\r\nContent-Type: {contentType}\r\nContent-Length: {content.Length}\r\n\r\n";
        Serve([.. Encoding.ASCII.GetBytes(head), .. content], out int status);
        return status < 300;
    }

    public void DeleteNode() => Admin("DELETE", "/api/v1/nodes/" + NodeName);

    public void DeleteLease() => Admin("DELETE", "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/" + NodeName);

    public void DeleteNamespace() => Admin("DELETE", "/api/v1/namespaces/" + BoardNamespace);

    public void CreateNamespace() => Admin("POST", "/api/v1/namespaces", Named(BoardNamespace));

    /// <summary>Creates the board's ConfigMap, or edits it.</summary>
    public void SetConfigMap(params (string Key, string Value)[] data)
    {
        var values = new JsonObject(data.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        if (!Admin("PATCH", $"{ConfigMapsPath}/{NodeName}", new JsonObject { ["data"] = values }))
        {
            var created = Named(NodeName);
            created["data"] = values.DeepClone();
            Admin("POST", ConfigMapsPath, created);
        }
    }

    /// <summary>Forgets the history that watches begin from: the only thing here that grows.</summary>
    public void Compact() => _store.Compact();

    /// <summary>Answers a request.</summary>
    /// <param name="request">The whole request.</param>
    /// <param name="status">The answer's status.</param>
    /// <returns>The whole answer.</returns>
    public byte[] Serve(byte[] request, out int status)
    {
        using CancellationTokenSource gone = new();
        DefaultHttpContext context = new() { RequestAborted = gone.Token };
        ReadInto(context.Request, request);
        bool isWatch = context.Request.Query["watch"] == "true";
        MemoryStream body = new();
        context.Response.Body = body;
        Task handled = _dispatcher.HandleAsync(context);
        if (isWatch)
        {
            // It has told what there is. Nobody waits here for more.
            gone.Cancel();
            handled.GetAwaiter().GetResult();
        }

        if (!handled.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("the API server waits for something", handled.Exception);
        }

        _controllers.CatchUp(looks: false);
        status = context.Response.StatusCode;
        StringBuilder head = new($"HTTP/1.1 {status} {(HttpStatusCode)status}\r\nDate: {_time.GetUtcNow():R}\r\n");
        foreach (var (name, value) in context.Response.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (context.Response.ContentLength is not null)
        {
            return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body.ToArray()];
        }

        string size = body.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{body.Length:x}\r\n");
        return [.. Encoding.ASCII.GetBytes($"{head}Transfer-Encoding: chunked\r\n\r\n{size}"), .. body.ToArray(), .. size.Length == 0 ? "0\r\n\r\n"u8 : "\r\n0\r\n\r\n"u8];
    }

    private static void ReadInto(HttpRequest request, byte[] bytes)
    {
        int headEnd = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        string[] lines = Encoding.ASCII.GetString(bytes, 0, headEnd).Split("\r\n");
        string[] start = lines[0].Split(' ');
        int query = start[1].IndexOf('?');
        request.Method = start[0];
        request.Path = query < 0 ? start[1] : start[1][..query];
        request.QueryString = query < 0 ? QueryString.Empty : new QueryString(start[1][query..]);
        foreach (string line in lines.AsSpan(1))
        {
            int colon = line.IndexOf(':');
            request.Headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        request.Body = new MemoryStream(bytes, headEnd + 4, bytes.Length - headEnd - 4);
    }

    private static JsonObject Named(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name } };

    private static AccessRules RightsOf(string node, bool hasPods) => new(
    [
        "create nodes",
        $"get,patch nodes,nodes/status name={node}",
        "create leases namespace=kube-node-lease",
        $"get,update,patch leases namespace=kube-node-lease name={node}",
        $"get,watch configmaps namespace={BoardNamespace} name={node}",
        "create,patch events",
        .. hasPods ? PodRights : [],
    ]);
}
