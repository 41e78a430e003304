using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Patching;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>create, update and patch.</summary>
internal sealed class WriteHandler(ObjectStore store, ObjectWriter writer)
{
    public async Task CreateAsync(ApiCall call)
    {
        var document = await RequestBody.ReadObjectAsync(call.Request, call.Type.Kind, call.Type.ApiVersion);
        await writer.WriteAsync(call, 201, Create(call, document));
    }

    public async Task UpdateAsync(ApiCall call)
    {
        var document = await RequestBody.ReadObjectAsync(call.Request, call.Type.Kind, call.Type.ApiVersion);
        var name = document.Text("metadata", "name") ?? "";
        if (name.Length > 0 && name != call.Name)
        {
            throw Failures.BadRequest($"the name of the object ({name}) does not match the name on the URL ({call.Name})");
        }
        document.Child("metadata")["name"] = call.Name;
        var updated = store.Update(
            call.Type,
            call.Namespace,
            call.Name,
            current => ObjectPreparation.ForUpdate(call, current, (JsonObject)document.DeepClone()),
            call.DryRun);
        if (updated is null && (!call.Type.CreatesOnUpdate || call.IsStatus))
        {
            throw Failures.NotFound(call.Type, call.Name);
        }
        await writer.WriteAsync(call, updated is null ? 201 : 200, updated ?? Create(call, document));
    }

    public async Task PatchAsync(ApiCall call)
    {
        var patch = PatchReader.Read(RequestBody.MediaType(call.Request), await RequestBody.ReadAsync(call.Request));
        var updated = store.Update(
            call.Type,
            call.Namespace,
            call.Name,
            current => ObjectPreparation.ForUpdate(call, current, Apply(patch, current)),
            call.DryRun);
        await writer.WriteAsync(call, 200, updated ?? throw Failures.NotFound(call.Type, call.Name));
    }

    private StoredObject Create(ApiCall call, JsonObject document)
    {
        var prepared = ObjectPreparation.ForCreate(call, document);
        ObjectPreparation.Admit(call.Type, prepared);
        CheckNamespace(call, prepared.Text("metadata", "name")!);
        return store.Create(call.Type, prepared, call.DryRun)
            ?? throw Failures.AlreadyExists(call.Type, prepared.Text("metadata", "name")!);
    }

    private void CheckNamespace(ApiCall call, string name)
    {
        if (!call.Type.Namespaced)
        {
            return;
        }
        var ns = store.Get(ResourceCatalog.Namespaces, "", call.Namespace) ?? throw Failures.NotFound(ResourceCatalog.Namespaces, call.Namespace);
        if (ns.Metadata.ContainsKey("deletionTimestamp"))
        {
            throw Failures.Forbidden(call.Type, name, $"unable to create new content in namespace {call.Namespace} because it is being terminated");
        }
    }

    private static JsonObject Apply(Func<StoredObject, JsonNode?> patch, StoredObject current)
    {
        try
        {
            return patch(current) as JsonObject ?? throw Failures.RejectedPatch(null);
        }
        catch (MissingMergeKeyException e)
        {
            throw Failures.Unexplained(e.Message);
        }
        catch (PatchException e)
        {
            throw e.Malformed ? Failures.BadRequest(e.Message) : Failures.RejectedPatch(null);
        }
    }
}
