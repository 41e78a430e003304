using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Patching;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Selectors;
using PicoKubelet.ApiServer.Storage;
using PicoKubelet.ApiServer.Validation;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>/scale: how many pods an object makes, and nothing else of it.</summary>
internal sealed class ScaleHandler(ObjectStore store)
{
    public Task GetAsync(ApiCall call) =>
        Replies.WriteAsync(call.Context, 200, Scale(store.Get(call.Type, call.Namespace, call.Name) ?? throw Failures.NotFound(call.Type, call.Name)));

    /// <summary>update and patch</summary>
    public async Task WriteAsync(ApiCall call)
    {
        var patch = call.Verb == "patch" ? await RequestBody.ReadAsync(call.Request) : null;
        var given = patch is null ? await RequestBody.ReadObjectAsync(call.Request, "Scale", "autoscaling/v1") : null;
        var updated = store.Update(call.Type, call.Namespace, call.Name, current => Scaled(call, current, given ?? Patched(call, current, patch!)), call.DryRun)
            ?? throw Failures.NotFound(call.Type, call.Name);
        await Replies.WriteAsync(call.Context, 200, Scale(updated));
    }

    private static JsonObject Patched(ApiCall call, StoredObject current, byte[] patch)
    {
        if (RequestBody.MediaType(call.Request) == PatchReader.Apply)
        {
            throw Failures.UnsupportedMediaType(PatchReader.MediaTypes);
        }
        var scale = new StoredObject(call.Type, Scale(current));
        try
        {
            return PatchReader.Read(RequestBody.MediaType(call.Request), patch)(scale) as JsonObject ?? throw Failures.RejectedPatch(null);
        }
        catch (PatchException e)
        {
            throw Failures.BadRequest(e.Message);
        }
    }

    private static JsonObject Scaled(ApiCall call, StoredObject current, JsonObject scale)
    {
        if (scale.Text("metadata", "resourceVersion") is { Length: > 0 } version && version != current.Metadata.Text("resourceVersion"))
        {
            throw Failures.Modified(call.Type, current.Name);
        }
        var replicas = scale.Number("spec", "replicas") ?? 0;
        if (replicas is < 0 or > int.MaxValue)
        {
            throw Failures.Invalid(call.Type, current.Name, [FieldError.Invalid("spec.replicas", $"{replicas}", "must be greater than or equal to 0")]);
        }
        var document = (JsonObject)current.Document.DeepClone();
        if (document.Number("spec", "replicas") != replicas)
        {
            document.Child("spec")["replicas"] = replicas;
            document.Child("metadata")["generation"] = (current.Metadata.Number("generation") ?? 0) + 1;
        }
        return Normalizer.Normalize(document, call.Type.Schema);
    }

    private static JsonObject Scale(StoredObject item)
    {
        var metadata = new JsonObject();
        foreach (var name in (ReadOnlySpan<string>)["name", "namespace", "uid", "resourceVersion", "creationTimestamp"])
        {
            metadata[name] = item.Metadata[name]?.DeepClone();
        }
        return Normalizer.Normalize(
            new JsonObject
            {
                ["kind"] = "Scale",
                ["apiVersion"] = "autoscaling/v1",
                ["metadata"] = metadata,
                ["spec"] = new JsonObject { ["replicas"] = item.Document.Number("spec", "replicas") ?? 0L },
                ["status"] = new JsonObject
                {
                    ["replicas"] = item.Document.Number("status", "replicas") ?? 0L,
                    ["selector"] = LabelSelectorText.Of(item.Document.At("spec", "selector")),
                },
            },
            SchemaCatalog.Get("Scale"));
    }
}
