using System.Globalization;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>delete and deletecollection.</summary>
internal sealed class DeleteHandler(ObjectStore store, ObjectWriter writer)
{
    // The NamespaceLifecycle admission plugin's
    private static readonly string[] ImmortalNamespaces = ["default", "kube-system", "kube-public"];

    public async Task DeleteAsync(ApiCall call)
    {
        var options = await ReadOptionsAsync(call);
        if (call.Type == ResourceCatalog.Namespaces && ImmortalNamespaces.Contains(call.Name))
        {
            throw Failures.Forbidden(call.Type, call.Name, "this namespace may not be deleted");
        }
        var last = store.Delete(call.Type, call.Namespace, call.Name, current => CheckPreconditions(call, current, options), call.DryRun || IsDryRun(options))
            ?? throw Failures.NotFound(call.Type, call.Name);
        // What lives on for a while is answered as an object, what is gone as a Status.
        if (store.Get(call.Type, call.Namespace, call.Name) is { } remaining)
        {
            await writer.WriteAsync(call, 200, remaining);
            return;
        }
        await Replies.WriteAsync(call.Context, 200, Success(call, last));
    }

    public async Task DeleteCollectionAsync(ApiCall call)
    {
        var options = await ReadOptionsAsync(call);
        var selector = ReadHandler.Selector(call);
        var (items, version) = store.List(call.Type, call.ListNamespace);
        var chosen = items.Where(selector.Matches).ToList();
        foreach (var item in chosen)
        {
            store.Delete(item.Type, item.Namespace, item.Name, dryRun: call.DryRun || IsDryRun(options));
        }
        await writer.WriteListAsync(call, chosen, new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) });
    }

    private static async Task<JsonObject> ReadOptionsAsync(ApiCall call)
    {
        var body = await RequestBody.ReadAsync(call.Request);
        if (body.Length == 0)
        {
            return [];
        }
        return RequestBody.MediaType(call.Request) == "application/vnd.kubernetes.protobuf"
            ? Protobuf.ProtobufReader.Read(body, "DeleteOptions")
            : RequestBody.Parse(body, why => Failures.BadRequest($"couldn't get version/kind; json parse error: {why}")) as JsonObject ?? [];
    }

    private static void CheckPreconditions(ApiCall call, StoredObject current, JsonObject options)
    {
        if (options.Text("preconditions", "uid") is { } uid && uid != current.Uid)
        {
            throw Failures.Conflict(
                call.Type,
                call.Name,
                $"the UID in the precondition ({uid}) does not match the UID in record ({current.Uid}). The object might have been deleted and then recreated");
        }
        if (options.Text("preconditions", "resourceVersion") is { } version && version != current.Metadata.Text("resourceVersion"))
        {
            throw Failures.Conflict(
                call.Type,
                call.Name,
                $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({current.ResourceVersion}). The object might have been modified");
        }
    }

    private static bool IsDryRun(JsonObject options) => options["dryRun"] is JsonArray { Count: > 0 };

    private static JsonObject Success(ApiCall call, StoredObject last)
    {
        var details = new JsonObject { ["name"] = last.Name };
        if (call.Type.Group.Length > 0)
        {
            details["group"] = call.Type.Group;
        }
        details["kind"] = call.Type.Plural;
        details["uid"] = last.Uid;
        return new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = details,
        };
    }
}
