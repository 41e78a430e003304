using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Certificates;

/// <summary>certificatesigningrequests/approval: what is approved is signed at once, where this server has that signer.</summary>
internal sealed class ApprovalHandler(ObjectStore store, ObjectWriter writer, Signer? signer, TimeProvider time)
{
    /// <summary>Notes who asks, which nobody says of themselves.</summary>
    public static void NoteRequestor(ApiCall call, JsonObject request)
    {
        var spec = request.Child("spec");
        spec["username"] = call.Identity.User;
        spec["groups"] = new JsonArray([.. call.Identity.Groups.Select(group => JsonValue.Create(group))]);
    }

    /// <summary>get and update</summary>
    public async Task HandleAsync(ApiCall call)
    {
        var current = store.Get(call.Type, "", call.Name) ?? throw Failures.NotFound(call.Type, call.Name);
        if (call.Verb == "get")
        {
            await writer.WriteAsync(call, 200, current);
            return;
        }
        var given = await RequestBody.ReadObjectAsync(call.Request, call.Type.Kind, call.Type.ApiVersion);
        var wish = new AccessRequest("approve", call.Type.Group, "signers", "", "", current.Document.Text("spec", "signerName") ?? "");
        if (!call.Identity.May(wish))
        {
            throw Failures.Denied(call.Identity, wish);
        }
        var updated = store.Update(call.Type, "", call.Name, request => Decided(request, given), call.DryRun) ?? throw Failures.NotFound(call.Type, call.Name);
        await writer.WriteAsync(call, 200, updated);
    }

    private JsonObject Decided(StoredObject current, JsonObject given)
    {
        var document = (JsonObject)current.Document.DeepClone();
        var status = document.Child("status");
        status["conditions"] = given.At("status", "conditions")?.DeepClone() ?? new JsonArray();
        var types = given.Items("status", "conditions").Select(condition => condition.Text("type")).ToList();
        var name = document.Text("spec", "signerName") ?? "";
        if (signer is not null && Signer.Knows(name) && types.Contains("Approved") && !types.Contains("Denied") && status.Text("certificate") is not { Length: > 0 })
        {
            Sign(document, status, name);
        }
        return Normalizer.Normalize(document, current.Type.Schema);
    }

    private void Sign(JsonObject document, JsonObject status, string name)
    {
        try
        {
            var pem = Encoding.ASCII.GetString(Convert.FromBase64String(document.Text("spec", "request") ?? ""));
            string[] usages = [.. (document.At("spec", "usages") as JsonArray ?? []).Select(usage => usage?.ToString() ?? "")];
            status["certificate"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(signer!.Sign(name, pem, usages)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            ((JsonArray)status["conditions"]!).Add(new JsonObject
            {
                ["type"] = "Failed",
                ["status"] = "True",
                ["reason"] = "SignerValidationFailure",
                ["message"] = e.Message,
                ["lastUpdateTime"] = Times.Format(time.GetUtcNow()),
            });
        }
    }
}
