using Microsoft.AspNetCore.Http;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>One request to a resource, as far as it has been understood.</summary>
internal sealed class ApiCall(HttpContext context, ResourcePath path, ResourceType type, string verb, Identity identity)
{
    public HttpContext Context { get; } = context;

    public HttpRequest Request => Context.Request;

    public ResourceType Type { get; } = type;

    public string Verb { get; } = verb;

    public Identity Identity { get; } = identity;

    public string Namespace => path.Namespace;

    public string Name => path.Name;

    /// <summary>Whether the call goes to the object's /status.</summary>
    public bool IsStatus => path.Subresource == "status";

    /// <summary>The part of the object that the call goes to, or an empty string.</summary>
    public string Subresource => path.Subresource;

    /// <summary>The path of a proxied request.</summary>
    public string Rest => path.Rest;

    /// <summary>Who writes, for managedFields: as the client says, or the name of its program.</summary>
    public string FieldManager => Query("fieldManager") is { Length: > 0 } name ? name : Request.Headers.UserAgent.ToString().Split('/')[0];

    /// <summary>Whether an apply takes over what other managers have set.</summary>
    public bool IsForced => Query("force") is "true" or "1";

    /// <summary>The namespace to list, null for all.</summary>
    public string? ListNamespace => path.Namespace.Length == 0 ? null : path.Namespace;

    /// <summary>The form of the reply.</summary>
    public Negotiation Negotiation { get; } = Negotiation.Of(context.Request);

    /// <summary>Whether nothing is to be written.</summary>
    public bool DryRun => Query("dryRun") == "All";

    /// <summary>A query parameter, or an empty string.</summary>
    public string Query(string name) => Request.Query[name].ToString();
}
