using System.Globalization;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
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
        var isDry = call.DryRun || IsDryRun(options);
        if (Orphans(call, options) && !isDry)
        {
            Release(call);
        }
        var last = store.Delete(
            call.Type, call.Namespace, call.Name, current => CheckPreconditions(call.Type, current, options), isDry, GraceSeconds(call, options))
            ?? throw Failures.NotFound(call.Type, call.Name);
        // What lives on for a while is answered as an object, what is gone as a Status; a pod always as an object.
        if ((store.Get(call.Type, call.Namespace, call.Name) ?? (call.Type.EndsGracefully ? last : null)) is { } answer)
        {
            await writer.WriteAsync(call, 200, answer);
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
            store.Delete(item.Type, item.Namespace, item.Name, dryRun: call.DryRun || IsDryRun(options), graceSeconds: GraceSeconds(call, options));
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

    /// <summary>Checks that an object is the one that is meant.</summary>
    /// <exception cref="ApiException">It is another one.</exception>
    public static void CheckPreconditions(ResourceType type, StoredObject current, JsonObject options)
    {
        if (options.Text("preconditions", "uid") is { } uid && uid != current.Uid)
        {
            throw Failures.Conflict(
                type,
                current.Name,
                $"the UID in the precondition ({uid}) does not match the UID in record ({current.Uid}). The object might have been deleted and then recreated");
        }
        if (options.Text("preconditions", "resourceVersion") is { } version && version != current.Metadata.Text("resourceVersion"))
        {
            throw Failures.Conflict(
                type,
                current.Name,
                $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({current.ResourceVersion}). The object might have been modified");
        }
    }

    /// <summary>Whether the options ask to only say what would be.</summary>
    public static bool IsDryRun(JsonObject options) => options["dryRun"] is JsonArray { Count: > 0 };

    private static long? GraceSeconds(ApiCall call, JsonObject options) =>
        options.Number("gracePeriodSeconds")
        ?? (long.TryParse(call.Query("gracePeriodSeconds"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) ? seconds : null);

    private static bool Orphans(ApiCall call, JsonObject options) =>
        (options.Text("propagationPolicy") ?? call.Query("propagationPolicy")) == "Orphan" || options.IsTrue("orphanDependents");

    // What the object owns is nobody's then.
    private void Release(ApiCall call)
    {
        var uid = store.Get(call.Type, call.Namespace, call.Name)?.Uid;
        foreach (var item in ResourceCatalog.All.Where(type => type.Namespaced).SelectMany(type => store.List(type, call.ListNamespace).Items))
        {
            if (item.Document.Items("metadata", "ownerReferences").Any(owner => owner.Text("uid") == uid))
            {
                store.Update(item.Type, item.Namespace, item.Name, current => Without(current, uid));
            }
        }
    }

    private static JsonObject Without(StoredObject item, string? owner)
    {
        var document = (JsonObject)item.Document.DeepClone();
        var kept = document.Items("metadata", "ownerReferences").Where(entry => entry.Text("uid") != owner).Select(entry => entry.DeepClone());
        document.Child("metadata")["ownerReferences"] = new JsonArray([.. kept]);
        return Normalizer.Normalize(document, item.Type.Schema);
    }

    private static JsonObject Success(ApiCall call, StoredObject last)
    {
        var details = new JsonObject { ["name"] = last.Name };
        if (call.Type.Group.Length > 0)
        {
            details["group"] = call.Type.Group;
        }
        details["kind"] = call.Type.Plural;
        details["uid"] = last.Uid;
        return Replies.Success(details);
    }
}
