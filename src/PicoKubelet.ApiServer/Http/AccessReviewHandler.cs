using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>SelfSubjectAccessReview: may I do this? (kubectl auth can-i)</summary>
internal static class AccessReviewHandler
{
    public const string Path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    public static async Task HandleAsync(HttpContext context, Identity identity)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            throw Failures.MethodNotAllowed();
        }
        var review = await RequestBody.ReadObjectAsync(context.Request, "SelfSubjectAccessReview", "authorization.k8s.io/v1");
        var asked = review.At("spec", "resourceAttributes");
        var allowed = asked is null || identity.May(new AccessRequest(
            asked.Text("verb") ?? "",
            asked.Text("group") ?? "",
            asked.Text("resource") ?? "",
            asked.Text("subresource") ?? "",
            asked.Text("namespace") ?? "",
            asked.Text("name") ?? ""));
        var reply = new JsonObject
        {
            ["kind"] = "SelfSubjectAccessReview",
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["metadata"] = new JsonObject { ["creationTimestamp"] = null },
            ["spec"] = review["spec"]?.DeepClone() ?? new JsonObject(),
            ["status"] = new JsonObject { ["allowed"] = allowed },
        };
        await Replies.WriteAsync(context, 201, reply);
    }
}
