using Microsoft.AspNetCore.Http;
using PicoKubelet.ApiServer.OpenApi;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>Authenticates a request, finds out what it wants, checks that it may, and hands it on.</summary>
internal sealed class ApiDispatcher(
    ObjectStore store,
    TokenTable tokens,
    ClientCertificates? certificates,
    Impersonation impersonation,
    ReadHandler reader,
    WatchHandler watcher,
    WriteHandler writer,
    DeleteHandler deleter,
    SubresourceHandler subresources)
{
    private const string ByName = "metadata.name=";

    private static readonly byte[] Ok = "ok"u8.ToArray();
    private static readonly byte[] NotFound = "404 page not found\n"u8.ToArray();

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (ApiException e) when (!context.Response.HasStarted)
        {
            await Replies.WriteAsync(context, e.Code, e.Status);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away.
        }
        catch (Exception e) when (e is not BadHttpRequestException and not IOException && !context.Response.HasStarted)
        {
            var error = Failures.InternalError(e.Message);
            await Replies.WriteAsync(context, error.Code, error.Status);
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        var sender = Authenticate(context) ?? throw Failures.Unauthorized();
        var identity = impersonation.Apply(context.Request, sender);
        var path = context.Request.Path.Value ?? "/";
        if (path is "/healthz" or "/livez" or "/readyz")
        {
            return Replies.WriteAsync(context, 200, Ok, "text/plain; charset=utf-8");
        }
        if (path == "/openapi/v2")
        {
            return OpenApi2.WriteAsync(context);
        }
        if (Reviews.Find(path) is { } review)
        {
            return review.HandleAsync(context, identity);
        }
        if (Reviews.FindAboutOthers(path, store, tokens) is { } asked)
        {
            var wish = new AccessRequest("create", asked.Group, asked.Plural, "", "", "");
            return identity.May(wish) ? asked.HandleAsync(context, identity) : throw Failures.Denied(identity, wish);
        }
        if (HttpMethods.IsGet(context.Request.Method) && DiscoveryDocuments.Find(path, context.Request.Host.Value ?? "") is { } document)
        {
            return Replies.WriteAsync(context, 200, document);
        }
        return ResourcePath.Parse(path) is { } resource && DiscoveryDocuments.Find(GroupPath(resource), "") is not null
            ? ResourceAsync(context, resource, identity)
            : Replies.WriteAsync(context, 404, NotFound, "text/plain; charset=utf-8");
    }

    // As in the real server, a certificate comes first.
    private Identity? Authenticate(HttpContext context) =>
        (context.Connection.ClientCertificate is { } shown ? certificates?.Authenticate(shown) : null) ?? tokens.Authenticate(context.Request);

    private static string GroupPath(ResourcePath path) =>
        path.Group.Length == 0 ? $"/api/{path.Version}" : $"/apis/{path.Group}/{path.Version}";

    /// <summary>The object that a request is about, as authorizers see it: a list or a watch by metadata.name is about that one object.</summary>
    private static string NameOf(HttpRequest request, ResourcePath path) =>
        path.Name.Length > 0 || !HttpMethods.IsGet(request.Method)
            ? path.Name
            : request.Query["fieldSelector"].ToString().Split(',').FirstOrDefault(term => term.StartsWith(ByName, StringComparison.Ordinal))?[ByName.Length..].TrimStart('=') ?? "";

    private Task ResourceAsync(HttpContext context, ResourcePath path, Identity identity)
    {
        var verb = Verb(context.Request, path);
        var wish = new AccessRequest(verb, path.Group, path.Resource, path.Subresource, path.Namespace, NameOf(context.Request, path));
        if (!identity.May(wish))
        {
            throw Failures.Denied(identity, wish);
        }
        var subresource = Subresource.Find(path.Type, path.Subresource);
        if (path.Type is not { } type
            || (path.Subresource.Length > 0 && !(path.Subresource == "status" && type.HasStatus) && subresource is null)
            || (path.Rest.Length > 0 && path.Subresource != "proxy")
            || (path.Namespace.Length > 0 && !type.Namespaced))
        {
            throw Failures.NoSuchResource();
        }
        var call = new ApiCall(context, path, type, verb, identity);
        if (subresource is not null)
        {
            return subresources.HandleAsync(call, subresource);
        }
        return (verb, path.Subresource, path.Name, NeedsNamespace(type, path)) switch
        {
            ("get", _, _, false) => reader.GetAsync(call),
            ("list", "", "", _) => reader.ListAsync(call),
            ("watch", "", _, _) => watcher.WatchAsync(call),
            ("create", "", "", false) => writer.CreateAsync(call),
            ("update", _, not "", false) => writer.UpdateAsync(call),
            ("patch", _, not "", false) => writer.PatchAsync(call),
            ("delete", "", not "", false) => deleter.DeleteAsync(call),
            ("deletecollection", "", "", false) when type.DeletesCollections => deleter.DeleteCollectionAsync(call),
            _ => throw Failures.MethodNotAllowed(),
        };
    }

    // /api/v1/configmaps can be listed and watched, and nothing else.
    private static bool NeedsNamespace(ResourceType type, ResourcePath path) => type.Namespaced && path.Namespace.Length == 0;

    private static string Verb(HttpRequest request, ResourcePath path) => request.Method switch
    {
        "GET" or "HEAD" when request.Query["watch"].ToString() is "true" or "1" => "watch",
        "GET" or "HEAD" => path.Name.Length > 0 ? "get" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => path.Name.Length > 0 ? "delete" : "deletecollection",
        _ => throw Failures.MethodNotAllowed(),
    };
}
