using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace PicoKubelet.ApiServer.Http;

/// <summary>Writes replies: compact, or indented for people.</summary>
internal static class Replies
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <summary>Writes a document.</summary>
    public static Task WriteAsync(HttpContext context, int code, JsonNode document)
    {
        var pretty = WantsPretty(context.Request);
        return WriteAsync(context, code, JsonWriting.ToUtf8(document, pretty), "application/json", newLine: !pretty);
    }

    /// <summary>Writes a document that is compact JSON already.</summary>
    public static Task WriteJsonAsync(HttpContext context, int code, ReadOnlyMemory<byte> utf8, Func<JsonNode> document) =>
        WantsPretty(context.Request)
            ? WriteAsync(context, code, document())
            : WriteAsync(context, code, utf8, "application/json", newLine: true);

    /// <summary>Writes any body.</summary>
    public static async Task WriteAsync(HttpContext context, int code, ReadOnlyMemory<byte> body, string contentType, bool newLine = false)
    {
        var response = context.Response;
        response.StatusCode = code;
        response.ContentType = contentType;
        response.Headers.CacheControl = "no-cache, private";
        response.ContentLength = body.Length + (newLine ? 1 : 0);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }
        await response.Body.WriteAsync(body);
        if (newLine)
        {
            await response.Body.WriteAsync(NewLine);
        }
    }

    /// <summary>A Status object that says that it was done.</summary>
    /// <param name="details">What it was done to, or null.</param>
    public static JsonObject Success(JsonObject? details = null)
    {
        var status = new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success" };
        if (details is not null)
        {
            status["details"] = details;
        }
        return status;
    }

    // apiserver's endpoints/handlers/negotiation: isPrettyPrint
    private static bool WantsPretty(HttpRequest request)
    {
        var wish = request.Query["pretty"].ToString();
        if (wish.Length > 0)
        {
            return wish is "true" or "1";
        }
        var agent = request.Headers.UserAgent.ToString();
        return agent.StartsWith("curl", StringComparison.Ordinal)
            || agent.StartsWith("Wget", StringComparison.Ordinal)
            || agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal);
    }
}
