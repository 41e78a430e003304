using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PicoKubelet.ApiServer.Schemas;

namespace PicoKubelet.ApiServer.Http;

/// <summary>Reads request bodies.</summary>
internal static class RequestBody
{
    /// <summary>The real server's limit: 3 MiB.</summary>
    public const int Limit = 3 * 1024 * 1024;

    /// <summary>The whole body.</summary>
    /// <exception cref="ApiException">It is larger than <see cref="Limit"/>.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > Limit)
        {
            throw Failures.TooLarge(Limit);
        }
        var buffer = new ArrayBufferWriter<byte>(1024);
        int read;
        while ((read = await request.Body.ReadAsync(buffer.GetMemory(1024), request.HttpContext.RequestAborted)) > 0)
        {
            buffer.Advance(read);
            if (buffer.WrittenCount > Limit)
            {
                throw Failures.TooLarge(Limit);
            }
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an object of the given kind, in JSON or in kubectl's protobuf.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The kind that the path calls for.</param>
    /// <param name="apiVersion">Its group and version.</param>
    /// <exception cref="ApiException">The body is something else.</exception>
    public static async Task<JsonObject> ReadObjectAsync(HttpRequest request, string kind, string apiVersion)
    {
        var body = await ReadAsync(request);
        var document = MediaType(request) switch
        {
            "application/json" or "" => ParseObject(body, kind),
            "application/vnd.kubernetes.protobuf" => Protobuf.ProtobufReader.Read(body, kind),
            _ => throw Failures.UnsupportedMediaType("application/json", "application/yaml", "application/vnd.kubernetes.protobuf"),
        };
        CheckKind(document, kind, apiVersion);
        return document;
    }

    /// <summary>The Content-Type without its parameters.</summary>
    public static string MediaType(HttpRequest request) => (request.ContentType ?? "").Split(';')[0].Trim();

    /// <summary>Parses JSON of any kind.</summary>
    /// <exception cref="ApiException">It is not JSON.</exception>
    public static JsonNode? Parse(byte[] body, Func<string, ApiException> failure)
    {
        try
        {
            return JsonReading.Parse(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw failure(Describe(e, body));
        }
    }

    private static JsonObject ParseObject(byte[] body, string kind)
    {
        var node = Parse(body, why => Failures.BadRequest(
            $"the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; json parse error: {why} ({Excerpt(body)})"));
        return node as JsonObject ?? throw Failures.BadRequest(
            $"the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; json parse error: json: cannot unmarshal into an object ({Excerpt(body)})");
    }

    private static void CheckKind(JsonObject document, string kind, string apiVersion)
    {
        var givenKind = document["kind"]?.ToString() ?? "";
        var givenVersion = document["apiVersion"]?.ToString() ?? "";
        if ((givenKind.Length > 0 && givenKind != kind) || (givenVersion.Length > 0 && givenVersion != apiVersion))
        {
            throw Failures.BadRequest(
                $"{(givenKind.Length > 0 ? givenKind : kind)} in version \"{(givenVersion.Length > 0 ? givenVersion : apiVersion)}\" cannot be handled as a {kind}: "
                + $"the kind or version does not match what the path expects ({kind} in {apiVersion})");
        }
        document["kind"] = kind;
        document["apiVersion"] = apiVersion;
    }

    private static string Describe(Exception e, byte[] body)
    {
        if (body.Length == 0)
        {
            return "unexpected end of JSON input";
        }
        return e is JsonException { BytePositionInLine: { } at, LineNumber: 0 } && at < body.Length && at >= 0
            ? $"invalid character '{(char)body[at]}' at offset {at}"
            : "invalid JSON";
    }

    private static string Excerpt(byte[] body) =>
        body.Length == 0 ? "<empty>" : System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 100)));
}
