using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PicoKubelet.ApiServer.Applying;
using PicoKubelet.ApiServer.Certificates;
using PicoKubelet.ApiServer.Faults;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Lifecycle;
using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer;

/// <summary>
/// A Kubernetes API server in this process: in memory, good enough for kubectl and for node agents, with the node
/// lifecycle and the garbage collection of a controller manager. Several may run at once.
/// </summary>
public sealed class EmbeddedApiServer : IAsyncDisposable
{
    private readonly ApiServerOptions _options;
    private readonly ObjectStore _store;
    private readonly string? _authority;
    private readonly TokenTable _tokens;
    private readonly Controllers _controllers;
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _application;
    private int _disposed;

    private EmbeddedApiServer(ApiServerOptions options)
    {
        _options = options;
        AdminToken = options.AdminToken;
        _store = new ObjectStore(options.Time);
        _tokens = new TokenTable(options.AdminToken);
        var listeners = new PausableListenerFactory();
        Faults = new FaultInjector(listeners);
        _authority = options.Https ? options.Authority ?? CertificateAuthority.CreatePem() : null;
        var certificate = _authority is null ? null : ServingCertificate.Create(IPAddress.Parse(options.Address), _authority);
        CaPem = certificate?.CaPem;
        ClientAuthority.Publish(_store, CaPem);
        _controllers = new Controllers(_store, options, CaPem);
        _application = Build(listeners, certificate);
        // Known once it listens.
        Url = new Uri("http://127.0.0.1");
    }

    /// <summary>Told of every request that was served. Called on the request's thread: keep it short.</summary>
    public event Action<ServedRequest>? RequestServed;

    /// <summary>Where it listens: http(s)://address:port</summary>
    public Uri Url { get; private set; }

    /// <summary>The CA of its certificate in PEM, with <see cref="ApiServerOptions.Https"/>; otherwise null.</summary>
    public string? CaPem { get; }

    /// <summary>The token that may do everything, as given in the options.</summary>
    public string? AdminToken { get; }

    /// <summary>Makes the server fail, for tests.</summary>
    public FaultInjector Faults { get; }

    /// <summary>The nodes with their Ready condition and last heartbeat, sorted by name.</summary>
    public IReadOnlyList<NodeSummary> Nodes => NodeSummaries.Of(_store);

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it is to run.</param>
    /// <param name="ct">Gives up the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<EmbeddedApiServer> StartAsync(ApiServerOptions options, CancellationToken ct = default)
    {
        var server = new EmbeddedApiServer(options);
        try
        {
            await server._application.StartAsync(ct);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        var addresses = server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        var url = new UriBuilder(addresses.Addresses.First());
        if (IPAddress.Parse(options.Address).Equals(IPAddress.Any))
        {
            // Where a client on this machine finds it.
            url.Host = "127.0.0.1";
        }
        server.Url = url.Uri;
        server._controllers.Start();
        return server;
    }

    /// <summary>
    /// Adds a token with limited rights. Each rule is "verbs resources [namespace=NS] [name=NAME]", with commas between
    /// several and * for all, subresources named as in RBAC: <c>AddToken(t, "system:node:a", "create nodes", "get,patch
    /// nodes,nodes/status name=a", "* leases namespace=kube-node-lease")</c>. Without rules the token may do nothing (403).
    /// </summary>
    /// <param name="token">The bearer token.</param>
    /// <param name="user">The user that it stands for; 403 replies name it.</param>
    /// <param name="rules">What it may do.</param>
    /// <exception cref="FormatException">A rule is none.</exception>
    public void AddToken(string token, string user, params string[] rules) =>
        _tokens.Add(token, new Identity(user, [], new AccessRules(rules)));

    /// <summary>Creates an object, as somebody would who may do everything. One of its name that is there stays.</summary>
    /// <param name="json">The object, with kind and apiVersion.</param>
    /// <exception cref="ArgumentException">This server has no such kind.</exception>
    public void Create(string json)
    {
        var document = (JsonObject)JsonNode.Parse(json)!;
        var type = ResourceCatalog.All.FirstOrDefault(type => type.Kind == document.Text("kind") && type.ApiVersion == document.Text("apiVersion"))
            ?? throw new ArgumentException("Not a kind of this server's.", nameof(json));
        ObjectPreparation.Admit(_store, type, document);
        _store.Create(type, Normalizer.Normalize(document, type.Schema));
    }

    /// <summary>Takes a token back: requests with it are answered 401.</summary>
    public void RevokeToken(string token) => _tokens.Remove(token);

    /// <summary>Forgets the watch history, as when etcd is compacted: watches end, and older resourceVersions are 410 Gone.</summary>
    public void CompactHistory() => _store.Compact();

    /// <summary>A kubeconfig with which kubectl reaches this server as admin.</summary>
    public string KubeconfigYaml()
    {
        var ca = CaPem is null ? "" : $"\n    certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(CaPem))}";
        var user = AdminToken is null ? "{}" : $"\n    token: \"{AdminToken}\"";
        return $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: picokubelet
              cluster:
                server: {Url.GetLeftPart(UriPartial.Authority)}{ca}
            users:
            - name: admin
              user: {user}
            contexts:
            - name: picokubelet
              context:
                cluster: picokubelet
                user: admin
            current-context: picokubelet

            """;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }
        await _stopping.CancelAsync();
        await _controllers.DisposeAsync();
        Faults.Release();
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        _stopping.Dispose();
    }

    /// <summary>Looks at all nodes at once rather than at the end of the period; for tests that move the clock.</summary>
    internal void LookAtNodes() => _controllers.LookAtNodes();

    private WebApplication Build(PausableListenerFactory listeners, ServingCertificate? certificate)
    {
        // An empty builder: no configuration files, no logging, nothing from the environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton<IConnectionListenerFactory>(listeners);
        // The host's own handling of Ctrl-C would end every program that runs a server.
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            // Boards are slow: a reply that trickles out is no attack.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Parse(_options.Address), _options.Port, listen => Configure(listen, certificate));
        });
        var application = builder.Build();
        application.Run(Pipeline());
        return application;
    }

    private void Configure(ListenOptions listen, ServingCertificate? certificate)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection => Faults.OnConnectionAsync(connection, next));
        if (certificate is not null)
        {
            listen.UseHttps(certificate.Certificate, https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                // What it is worth is seen to with each request.
                https.ClientCertificateValidation = (_, _, _) => true;
            });
        }
        listen.Use(next => connection => ConnectionTap.InstallAsync(connection, next));
    }

    private Microsoft.AspNetCore.Http.RequestDelegate Pipeline()
    {
        var writer = new ObjectWriter(_options.Time);
        var dispatcher = new ApiDispatcher(
            _store,
            _tokens,
            CaPem is null ? null : new ClientCertificates(_store, CaPem),
            new Impersonation(_store, _tokens),
            new ReadHandler(_store, writer),
            new WatchHandler(_store, writer, _options.Time, _stopping.Token),
            new WriteHandler(_store, writer, new ServerSideApply(_options.Time)),
            new DeleteHandler(_store, writer),
            new SubresourceHandler(_store, _tokens, writer, _authority is null ? null : new Signer(_authority), new KubeletClient(_store, _options, _authority), _options));
        var faults = new FaultMiddleware(Faults, dispatcher.HandleAsync, _options.Time);
        return new RequestRecorder(faults.HandleAsync, _options.Time, served => RequestServed?.Invoke(served)).HandleAsync;
    }
}
