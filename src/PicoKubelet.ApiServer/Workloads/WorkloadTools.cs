using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Lifecycle;
using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>What the controllers of workloads do to the store.</summary>
internal sealed class WorkloadTools(ObjectStore store, TimeProvider time, EventRecorder events)
{
    private const string NameLetters = "bcdfghjklmnpqrstvwxz2456789";
    private const int LongestPrefix = 58;

    /// <summary>The time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The object, or null.</summary>
    public StoredObject? Get(ResourceType type, string ns, string name) => store.Get(type, ns, name);

    /// <summary>All objects of a namespace, or of all.</summary>
    public IReadOnlyList<StoredObject> List(ResourceType type, string? ns) => store.List(type, ns).Items;

    /// <summary>The objects in the owner's namespace that it sees to.</summary>
    public List<StoredObject> OwnedBy(StoredObject owner, ResourceType type) =>
        [.. List(type, owner.Namespace).Where(item => PodOwner.Uid(item) == owner.Uid)];

    /// <summary>Writes an Event.</summary>
    public void Tell(StoredObject about, string component, string type, string reason, string message) => events.Record(about, component, type, reason, message);

    /// <summary>Changes an object, if it is still there.</summary>
    public void Change(StoredObject item, Action<JsonObject> change) => store.Update(item.Type, item.Namespace, item.Name, current =>
    {
        var document = (JsonObject)current.Document.DeepClone();
        change(document);
        var after = Normalizer.Normalize(document, item.Type.Schema);
        if (item.Type.HasGeneration && !JsonNode.DeepEquals(after["spec"], current.Document["spec"]))
        {
            after.Child("metadata")["generation"] = (current.Metadata.Number("generation") ?? 0) + 1;
        }
        return after;
    });

    /// <summary>Deletes an object, if it is still that one.</summary>
    public void Delete(StoredObject item)
    {
        if (store.Get(item.Type, item.Namespace, item.Name)?.Uid == item.Uid)
        {
            store.Delete(item.Type, item.Namespace, item.Name);
        }
    }

    /// <summary>Creates an object; null when the name is taken.</summary>
    public StoredObject? Create(ResourceType type, JsonObject document) => store.Create(type, Normalizer.Normalize(document, type.Schema));

    /// <summary>The document of an object that the owner sees to.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="type">The object's resource.</param>
    /// <param name="name">Its name.</param>
    /// <param name="metadata">Its labels and annotations.</param>
    /// <param name="spec">Its spec.</param>
    public static JsonObject New(StoredObject owner, ResourceType type, string name, JsonObject metadata, JsonObject spec)
    {
        metadata["name"] = name;
        metadata["namespace"] = owner.Namespace;
        metadata["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = owner.Type.ApiVersion,
            ["kind"] = owner.Type.Kind,
            ["name"] = owner.Name,
            ["uid"] = owner.Uid,
            ["controller"] = true,
            ["blockOwnerDeletion"] = true,
        });
        return new JsonObject { ["kind"] = type.Kind, ["apiVersion"] = type.ApiVersion, ["metadata"] = metadata, ["spec"] = spec };
    }

    /// <summary>Makes a pod of the owner's template, and tells of it.</summary>
    /// <param name="owner">Whose pod it is.</param>
    /// <param name="component">Who makes it.</param>
    /// <param name="labels">Labels beside those of the template.</param>
    /// <param name="complete">Changes the pod's spec first, or null.</param>
    /// <returns>Why it could not be made, or null.</returns>
    public string? CreatePod(StoredObject owner, string component, JsonObject labels, Action<JsonObject>? complete = null)
    {
        if (Get(ResourceCatalog.Namespaces, "", owner.Namespace) is not { } ns || Removal.HasBegun(ns.Document))
        {
            return $"namespace {owner.Namespace} is being terminated";
        }
        var template = owner.Document.At("spec", "template");
        var metadata = new JsonObject
        {
            ["labels"] = template.At("metadata", "labels")?.DeepClone(),
            ["annotations"] = template.At("metadata", "annotations")?.DeepClone(),
        };
        foreach (var (key, value) in labels)
        {
            metadata.Child("labels")[key] = value?.DeepClone();
        }
        var prefix = $"{(owner.Name.Length > LongestPrefix ? owner.Name[..LongestPrefix] : owner.Name)}-";
        metadata["generateName"] = prefix;
        var spec = (JsonObject)template.At("spec")!.DeepClone();
        complete?.Invoke(spec);
        PodDefaults.SetPod(spec);
        // As long as it is not let in it has no name, so that each refusal says the same.
        var pod = New(owner, ResourceCatalog.Pods, prefix, metadata, spec);
        try
        {
            PodAdmission.Admit(store, pod);
        }
        catch (ApiException e)
        {
            Tell(owner, component, "Warning", "FailedCreate", $"Error creating: {e.Message}");
            return e.Message;
        }
        metadata["name"] = prefix + RandomNumberGenerator.GetString(NameLetters, 5);
        if (Create(ResourceCatalog.Pods, pod) is { } created)
        {
            Tell(owner, component, "Normal", "SuccessfulCreate", $"Created pod: {created.Name}");
        }
        return null;
    }

    /// <summary>Deletes a pod that is one too many, and tells of it.</summary>
    public void DeletePod(StoredObject owner, string component, StoredObject pod)
    {
        Delete(pod);
        Tell(owner, component, "Normal", "SuccessfulDelete", $"Deleted pod: {pod.Name}");
    }
}
