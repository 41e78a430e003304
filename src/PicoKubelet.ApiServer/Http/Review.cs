using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PicoKubelet.ApiServer.Security;

namespace PicoKubelet.ApiServer.Http;

/// <summary>A resource that answers a question about who asks, and keeps nothing.</summary>
internal sealed record Review(string Group, string Plural, string Kind, Func<JsonObject, Identity, JsonObject> Answer)
{
    private string ApiVersion => Group + "/v1";

    /// <summary>Where it is.</summary>
    public string Path => $"/apis/{Group}/v1/{Plural}";

    /// <summary>Answers one question.</summary>
    public async Task HandleAsync(HttpContext context, Identity identity)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            throw Failures.MethodNotAllowed();
        }
        var question = await RequestBody.ReadObjectAsync(context.Request, Kind, ApiVersion);
        var status = Answer(question, identity);
        await Replies.WriteAsync(context, 201, new JsonObject
        {
            ["kind"] = Kind,
            ["apiVersion"] = ApiVersion,
            ["metadata"] = new JsonObject { ["creationTimestamp"] = null },
            ["spec"] = question["spec"]?.DeepClone() ?? new JsonObject(),
            ["status"] = status,
        });
    }
}
