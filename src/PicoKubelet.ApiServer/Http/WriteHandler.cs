using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Applying;
using PicoKubelet.ApiServer.Certificates;
using PicoKubelet.ApiServer.Patching;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>create, update and patch.</summary>
internal sealed class WriteHandler(ObjectStore store, ObjectWriter writer, ServerSideApply applier)
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
            current => Changed(call, current, (JsonObject)document.DeepClone()),
            call.DryRun);
        if (updated is null && (!call.Type.CreatesOnUpdate || call.IsStatus))
        {
            throw Failures.NotFound(call.Type, call.Name);
        }
        await writer.WriteAsync(call, updated is null ? 201 : 200, updated ?? Create(call, document));
    }

    public async Task PatchAsync(ApiCall call)
    {
        var mediaType = RequestBody.MediaType(call.Request);
        var body = await RequestBody.ReadAsync(call.Request);
        if (mediaType == PatchReader.Apply)
        {
            await ApplyAsync(call, PatchReader.ReadApplied(call, body));
            return;
        }
        var patch = PatchReader.Read(mediaType, body);
        var updated = store.Update(
            call.Type,
            call.Namespace,
            call.Name,
            current => Changed(call, current, Apply(patch, current)),
            call.DryRun);
        await writer.WriteAsync(call, 200, updated ?? throw Failures.NotFound(call.Type, call.Name));
    }

    private async Task ApplyAsync(ApiCall call, JsonObject applied)
    {
        var updated = store.Update(call.Type, call.Namespace, call.Name, current => applier.Update(call, current, applied), call.DryRun);
        if (updated is null)
        {
            var wish = new AccessRequest("create", call.Type.Group, call.Type.Plural, "", call.Namespace, call.Name);
            if (call.IsStatus)
            {
                throw Failures.NotFound(call.Type, call.Name);
            }
            if (!call.Identity.May(wish))
            {
                throw Failures.Denied(call.Identity, wish);
            }
        }
        await writer.WriteAsync(call, updated is null ? 201 : 200, updated ?? Store(call, applier.Create(call, applied)));
    }

    private JsonObject Changed(ApiCall call, StoredObject current, JsonObject document)
    {
        var canonical = ObjectPreparation.ForUpdate(call, current, document);
        NodeRestriction.Check(call.Identity, call.Type, current.Document, canonical);
        applier.Note(call, current, canonical);
        return canonical;
    }

    private StoredObject Create(ApiCall call, JsonObject document) => Store(call, ObjectPreparation.ForCreate(call, document));

    private StoredObject Store(ApiCall call, JsonObject prepared)
    {
        if (!NodeRights.MayCreate(call.Identity, call.Type, prepared))
        {
            throw Failures.Forbidden(call.Type, prepared.Text("metadata", "name")!, "node may only create what is its own");
        }
        NodeRestriction.Check(call.Identity, call.Type, null, prepared);
        MirrorPods.Check(store, call.Identity, call.Type, prepared);
        if (call.Type == ResourceCatalog.CertificateRequests)
        {
            ApprovalHandler.NoteRequestor(call, prepared);
        }
        CheckNamespace(call, prepared.Text("metadata", "name")!);
        ObjectPreparation.Admit(store, call.Type, prepared);
        var stored = store.Create(call.Type, prepared, call.DryRun)
            ?? throw Failures.AlreadyExists(call.Type, prepared.Text("metadata", "name")!);
        if (call.Type == ResourceCatalog.Namespaces && !call.DryRun)
        {
            // At once, so that a pod which follows finds it.
            ServiceAccounts.CreateDefault(store, stored.Name);
        }
        return stored;
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
