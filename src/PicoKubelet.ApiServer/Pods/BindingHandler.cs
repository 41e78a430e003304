using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Pods;

/// <summary>pods/binding: gives a pod to a node, once. Source: pkg/registry/core/pod/storage.</summary>
internal sealed class BindingHandler(ObjectStore store, TimeProvider time)
{
    public async Task CreateAsync(ApiCall call)
    {
        var binding = await RequestBody.ReadObjectAsync(call.Request, "Binding", "v1");
        var node = binding.Text("target", "name") ?? "";
        if (node.Length == 0)
        {
            throw Failures.BadRequest("target.name: Required value");
        }
        _ = store.Update(ResourceCatalog.Pods, call.Namespace, call.Name, current => Bound(current, node, time.GetUtcNow()), call.DryRun)
            ?? throw Failures.NotFound(ResourceCatalog.Pods, call.Name);
        await Replies.WriteAsync(call.Context, 201, Replies.Success());
    }

    /// <summary>The document of a pod that a node gets.</summary>
    /// <exception cref="ApiException">It has one, or is to be deleted.</exception>
    public static JsonObject Bound(StoredObject pod, string node, DateTimeOffset now)
    {
        if (Removal.HasBegun(pod.Document))
        {
            throw Failures.Conflict(ResourceCatalog.Pods, pod.Name, $"pod {pod.Name} is being deleted, cannot be assigned to a host");
        }
        if (pod.Document.Text("spec", "nodeName") is { Length: > 0 } taken)
        {
            throw Failures.Conflict(ResourceCatalog.Pods, pod.Name, $"pod {pod.Name} is already assigned to node \"{taken}\"");
        }
        var document = (JsonObject)pod.Document.DeepClone();
        document.Child("spec")["nodeName"] = node;
        PodConditions.Set(document, "PodScheduled", "True", now);
        return Normalizer.Normalize(document, ResourceCatalog.Pods.Schema);
    }
}
