using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>
/// TokenRequest (kubectl create token): a token that holds until its time is over or its ServiceAccount is deleted, and
/// that may do what the stored RBAC objects say.
/// </summary>
internal sealed class TokenHandler(ObjectStore store, TokenTable tokens, TimeProvider time)
{
    // kube-apiserver: an hour when nothing is asked for, and never less than ten minutes.
    private const long DefaultSeconds = 3600;
    private const long LeastSeconds = 600;

    public async Task CreateAsync(ApiCall call)
    {
        var request = await RequestBody.ReadObjectAsync(call.Request, "TokenRequest", "authentication.k8s.io/v1");
        var account = store.Get(call.Type, call.Namespace, call.Name) ?? throw Failures.NotFound(call.Type, call.Name);
        var seconds = request.At("spec", "expirationSeconds") is JsonValue value && value.TryGetValue(out long asked) ? asked : DefaultSeconds;
        if (seconds < LeastSeconds)
        {
            throw Failures.BadRequest("spec.expirationSeconds: may not specify a duration less than 10 minutes");
        }
        var expires = time.GetUtcNow().AddSeconds(seconds);
        var token = "sa-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var user = ServiceAccounts.UserOf(account.Namespace, account.Name);
        var groups = ServiceAccounts.GroupsOf(account.Namespace);
        tokens.Add(token, new Identity(
            user,
            groups,
            new RbacAuthorizer(store, user, Identity.AllGroups(groups)),
            () => time.GetUtcNow() < expires && store.Exists(account.Uid)));
        await Replies.WriteAsync(call.Context, 201, new JsonObject
        {
            ["kind"] = "TokenRequest",
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["metadata"] = new JsonObject { ["name"] = account.Name, ["namespace"] = account.Namespace, ["creationTimestamp"] = Times.Format(time.GetUtcNow()) },
            ["spec"] = new JsonObject { ["expirationSeconds"] = seconds },
            ["status"] = new JsonObject { ["token"] = token, ["expirationTimestamp"] = Times.Format(expires) },
        });
    }
}
