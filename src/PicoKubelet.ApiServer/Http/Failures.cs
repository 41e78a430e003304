using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Applying;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Storage;
using PicoKubelet.ApiServer.Validation;

namespace PicoKubelet.ApiServer.Http;

/// <summary>The errors of the real server, with its words. Source: apimachinery's api/errors.</summary>
internal static class Failures
{
    private const string UnservedText = "the server could not find the requested resource";

    /// <summary>A Status object.</summary>
    public static JsonObject Status(int code, string? reason, string message, JsonObject? details = null)
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = message,
        };
        if (reason is not null)
        {
            status["reason"] = reason;
        }
        if (details is not null)
        {
            status["details"] = details;
        }
        status["code"] = code;
        return status;
    }

    public static ApiException BadRequest(string message) => New(400, "BadRequest", message);

    public static ApiException Unauthorized() => New(401, "Unauthorized", "Unauthorized");

    public static ApiException Forbidden(ResourceType type, string name, string why) =>
        New(403, "Forbidden", $"{type.QualifiedPlural} {(name.Length > 0 ? $"\"{name}\" " : "")}is forbidden: {why}", Details(type, name, type.Plural));

    public static ApiException Forbidden(string plural, string group, string name, string why)
    {
        var qualified = group.Length == 0 ? plural : $"{plural}.{group}";
        return New(403, "Forbidden", $"{qualified} {(name.Length > 0 ? $"\"{name}\" " : "")}is forbidden: {why}", Details(group, name, plural));
    }

    /// <summary>A user may not do this.</summary>
    public static ApiException Denied(Identity identity, AccessRequest wish)
    {
        var resource = wish.Subresource.Length == 0 ? wish.Resource : $"{wish.Resource}/{wish.Subresource}";
        var scope = wish.Namespace.Length > 0 ? $"in the namespace \"{wish.Namespace}\"" : "at the cluster scope";
        return Forbidden(
            wish.Resource,
            wish.Group,
            wish.Name,
            $"User \"{identity.User}\" cannot {wish.Verb} resource \"{resource}\" in API group \"{wish.Group}\" {scope}");
    }

    public static ApiException NotFound(ResourceType type, string name) =>
        New(404, "NotFound", $"{type.QualifiedPlural} \"{name}\" not found", Details(type, name, type.Plural));

    public static ApiException NoSuchResource() => New(404, "NotFound", UnservedText, []);

    /// <summary>What a server behind this one does not have.</summary>
    public static ApiException Unserved(string message) => New(404, "NotFound", message, []);

    /// <summary>What a server behind this one said that nobody expected.</summary>
    public static ApiException Unexpected(int code, string message, string said) => New(code, "Unknown", message, new JsonObject
    {
        ["causes"] = new JsonArray(new JsonObject { ["reason"] = "UnexpectedServerResponse", ["message"] = said }),
    });

    public static ApiException MethodNotAllowed() =>
        New(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    public static ApiException NotAcceptable() => New(
        406,
        "NotAcceptable",
        "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf");

    public static ApiException AlreadyExists(ResourceType type, string name) =>
        New(409, "AlreadyExists", $"{type.QualifiedPlural} \"{name}\" already exists", Details(type, name, type.Plural));

    public static ApiException Conflict(ResourceType type, string name, string why) => New(
        409,
        "Conflict",
        $"Operation cannot be fulfilled on {type.QualifiedPlural} \"{name}\": {why}",
        Details(type, name, type.Plural));

    public static ApiException Modified(ResourceType type, string name) =>
        Conflict(type, name, "the object has been modified; please apply your changes to the latest version and try again");

    /// <summary>Server-side apply would change what other managers have set.</summary>
    public static ApiException ApplyConflict(IReadOnlyCollection<FieldConflict> conflicts)
    {
        var byManager = conflicts.GroupBy(conflict => conflict.Manager)
            .Select(group => $"conflicts with {group.Key.Description}:\n"
                + string.Join('\n', group.Select(conflict => $"- {conflict.Field}")))
            .ToArray();
        var message = conflicts.Count == 1
            ? $"Apply failed with 1 conflict: conflict with {conflicts.First().Manager.Description}: {conflicts.First().Field}"
            : $"Apply failed with {conflicts.Count} conflicts: {string.Join('\n', byManager)}";
        var causes = new JsonArray([.. conflicts.Select(conflict => new JsonObject
        {
            ["reason"] = "FieldManagerConflict",
            ["message"] = $"conflict with {conflict.Manager.Description}",
            ["field"] = conflict.Field.ToString(),
        })]);
        return New(409, "Conflict", message, new JsonObject { ["causes"] = causes });
    }

    /// <summary>Server-side apply without the name of who applies.</summary>
    public static ApiException NoFieldManager() => Invalid(
        "PatchOptions.meta.k8s.io",
        Details("meta.k8s.io", "", "PatchOptions"),
        "",
        [new FieldError("fieldManager", "FieldValueRequired", "Required value: is required for apply patch")]);

    public static ApiException Expired(string message) => New(410, "Expired", message);

    public static ApiException TooLarge(int limit) =>
        New(413, "RequestEntityTooLarge", $"Request entity too large: limit is {limit}");

    public static ApiException UnsupportedMediaType(params string[] accepted) => New(
        415,
        "UnsupportedMediaType",
        $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", accepted)}");

    public static ApiException RejectedPatch(string? why) => New(
        422,
        "Invalid",
        why is null ? "the server rejected our request due to an error in our request" : why,
        []);

    public static ApiException InternalError(string message) => New(500, "InternalError", $"Internal error occurred: {message}");

    /// <summary>An error without a reason, as the real server answers what it did not expect.</summary>
    public static ApiException Unexplained(string message) => new(Status(500, null, message), 500);

    public static ApiException Invalid(ResourceType type, string name, IReadOnlyCollection<FieldError> errors) =>
        Invalid(type.QualifiedKind, Details(type, name, type.Kind), name, errors);

    /// <summary>A patch whose result does not have the shape of the type.</summary>
    public static ApiException InvalidPatch(string patch, string why) =>
        Invalid("", [], "", [new FieldError("patch", "FieldValueInvalid", $"Invalid value: \"{patch}\": {why}")]);

    /// <summary>What a server without the WatchList feature says, whereupon clients list and watch the usual way.</summary>
    public static ApiException NoInitialEvents() => Invalid(
        "ListOptions.meta.k8s.io",
        Details("meta.k8s.io", "", "ListOptions"),
        "",
        [new FieldError("sendInitialEvents", "FieldValueForbidden", "Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled")]);

    private static ApiException Invalid(string kind, JsonObject details, string name, IReadOnlyCollection<FieldError> errors)
    {
        var messages = errors.Select(error => $"{error.Field}: {error.Message}").Distinct(StringComparer.Ordinal).ToArray();
        var text = messages.Length == 1 ? messages[0] : $"[{string.Join(", ", messages)}]";
        details["causes"] = new JsonArray([.. errors.Select(error => new JsonObject
        {
            ["reason"] = error.Reason,
            ["message"] = error.Message,
            ["field"] = error.Field,
        })]);
        return New(422, "Invalid", $"{kind} \"{name}\" is invalid: {text}", details);
    }

    private static ApiException New(int code, string reason, string message, JsonObject? details = null) =>
        new(Status(code, reason, message, details), code);

    private static JsonObject Details(ResourceType type, string name, string kind) => Details(type.Group, name, kind);

    private static JsonObject Details(string group, string name, string kind)
    {
        var details = new JsonObject();
        if (name.Length > 0)
        {
            details["name"] = name;
        }
        if (group.Length > 0)
        {
            details["group"] = group;
        }
        details["kind"] = kind;
        return details;
    }
}
