using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;
using PicoKubelet.ApiServer.Validation;
using PicoKubelet.ApiServer.Workloads;

namespace PicoKubelet.ApiServer.Http;

/// <summary>
/// What the real server does to an object between reading and storing it: defaults, admission, what a client may not
/// change, validation. Source: the strategies in pkg/registry and the default admission plugins.
/// </summary>
internal static class ObjectPreparation
{
    // apiserver's storage/names: five letters that spell no words
    private const string NameLetters = "bcdfghjklmnpqrstvwxz2456789";
    private const string NotReadyTaint = "node.kubernetes.io/not-ready";

    /// <summary>Makes the document of a new object.</summary>
    public static JsonObject ForCreate(ApiCall call, JsonObject document)
    {
        var metadata = document.Child("metadata");
        foreach (var own in (ReadOnlySpan<string>)["resourceVersion", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink", "managedFields"])
        {
            metadata.Remove(own);
        }
        metadata["uid"] = Guid.NewGuid().ToString();
        PlaceInNamespace(call, metadata);
        if (string.IsNullOrEmpty(metadata.Text("name")) && metadata.Text("generateName") is { Length: > 0 } prefix)
        {
            metadata["name"] = prefix + RandomNumberGenerator.GetString(NameLetters, 5);
        }
        if (call.Type.HasGeneration)
        {
            metadata["generation"] = 1L;
        }
        if (call.Type.HasStatus && call.Type != ResourceCatalog.Nodes)
        {
            document.Remove("status");
        }
        SetDefaults(call.Type, document);
        var canonical = Complete(call, Canonical(call, document), isNew: true);
        Check(call, canonical);
        return canonical;
    }

    /// <summary>Makes the document of a changed object.</summary>
    public static JsonObject ForUpdate(ApiCall call, StoredObject current, JsonObject document)
    {
        var metadata = document.Child("metadata");
        PlaceInNamespace(call, metadata);
        var name = metadata.Text("name") ?? "";
        if (name != current.Name)
        {
            throw Failures.BadRequest($"the name of the object ({name}) does not match the name on the URL ({current.Name})");
        }
        CheckVersion(call, current, metadata);
        foreach (var own in (ReadOnlySpan<string>)["uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "generateName", "managedFields"])
        {
            metadata[own] = current.Metadata[own]?.DeepClone();
        }
        KeepOtherHalf(call, current, document);
        SetDefaults(call.Type, document);
        var canonical = Complete(call, Canonical(call, document), isNew: false);
        Check(call, canonical);
        if (!call.IsStatus)
        {
            CheckChange(call, current, canonical);
        }
        if (call.Type.HasGeneration && !JsonNode.DeepEquals(canonical["spec"], current.Document["spec"]))
        {
            canonical.Child("metadata")["generation"] = (current.Metadata.Number("generation") ?? 0) + 1;
        }
        return canonical;
    }

    /// <summary>Brings a document into canonical form; unknown fields are dropped, told or refused as the client asked.</summary>
    private static JsonObject Canonical(ApiCall call, JsonObject document)
    {
        var unknown = new List<string>();
        JsonObject canonical;
        try
        {
            canonical = Normalizer.Normalize(document, call.Type.Schema, unknown);
        }
        catch (SchemaException e) when (call.Verb == "patch")
        {
            throw Failures.InvalidPatch(document.ToJsonString(), e.Message);
        }
        catch (SchemaException e)
        {
            throw Failures.BadRequest($"{call.Type.Kind} in version \"{call.Type.Version}\" cannot be handled as a {call.Type.Kind}: {e.Message}");
        }
        if (unknown.Count > 0)
        {
            ReportUnknown(call, unknown);
        }
        return canonical;
    }

    private static void ReportUnknown(ApiCall call, List<string> unknown)
    {
        var text = unknown.Select(path => $"unknown field \"{path}\"").ToArray();
        switch (call.Query("fieldValidation"))
        {
            case "Strict":
                throw Failures.BadRequest(
                    $"{call.Type.Kind} in version \"{call.Type.Version}\" cannot be handled as a {call.Type.Kind}: strict decoding error: {string.Join(", ", text)}");
            case "Warn":
                foreach (var warning in text)
                {
                    call.Context.Response.Headers.Append("Warning", $"299 - \"{warning.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
                }
                break;
        }
    }

    private static void PlaceInNamespace(ApiCall call, JsonObject metadata)
    {
        var given = metadata.Text("namespace") ?? "";
        if (given.Length == 0 && call.Namespace.Length > 0)
        {
            metadata["namespace"] = call.Namespace;
        }
        else if (given != call.Namespace)
        {
            throw Failures.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    private static void CheckVersion(ApiCall call, StoredObject current, JsonObject metadata)
    {
        var uid = metadata.Text("uid") ?? "";
        var version = metadata.Text("resourceVersion") ?? "";
        if (uid.Length > 0 && uid != current.Uid)
        {
            throw call.Verb == "patch"
                ? Failures.Invalid(call.Type, current.Name, [FieldError.InvalidText("metadata.uid", uid, "field is immutable")])
                : Failures.Conflict(call.Type, current.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid}");
        }
        if (version is "" or "0")
        {
            if (call.Verb == "update" && call.Type.NeedsResourceVersion)
            {
                throw Failures.Invalid(call.Type, current.Name, [FieldError.Invalid("metadata.resourceVersion", "0x0", "must be specified for an update")]);
            }
        }
        else if (version != current.Metadata.Text("resourceVersion"))
        {
            throw Failures.Modified(call.Type, current.Name);
        }
    }

    // What goes to /status changes the status, what goes to the object changes the rest.
    private static void KeepOtherHalf(ApiCall call, StoredObject current, JsonObject document)
    {
        if (call.Type.HasStatus)
        {
            var kept = call.IsStatus ? "spec" : "status";
            document[kept] = current.Document[kept]?.DeepClone();
        }
    }

    private static void SetDefaults(ResourceType type, JsonObject document)
    {
        switch (type.Kind)
        {
            case "Node" when document["status"] is JsonObject status && status["allocatable"] is null:
                status["allocatable"] = status["capacity"]?.DeepClone();
                break;
            case "Secret":
                MoveStringData(document);
                break;
        }
    }

    // Only what is in canonical form shows what was left open: protobuf has empty texts.
    private static JsonObject Complete(ApiCall call, JsonObject canonical, bool isNew)
    {
        if (!call.Type.HasGeneration && call.Type != ResourceCatalog.Pods)
        {
            return canonical;
        }
        WorkloadDefaults.Set(call.Type.Kind, canonical);
        if (call.Type == ResourceCatalog.Jobs && isNew)
        {
            WorkloadDefaults.SetJobSelector(canonical);
        }
        return Normalizer.Normalize(canonical, call.Type.Schema);
    }

    private static void MoveStringData(JsonObject secret)
    {
        if (string.IsNullOrEmpty(secret.Text("type")))
        {
            secret["type"] = "Opaque";
        }
        if (secret["stringData"] is JsonObject texts)
        {
            foreach (var (key, value) in texts)
            {
                secret.Child("data")[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value?.ToString() ?? ""));
            }
            secret.Remove("stringData");
        }
    }

    /// <summary>What admission adds to a new object.</summary>
    /// <param name="store">What it may refer to.</param>
    /// <param name="type">Its resource.</param>
    /// <param name="document">The object, which is changed.</param>
    /// <exception cref="ApiException">It is not let in.</exception>
    public static void Admit(ObjectStore store, ResourceType type, JsonObject document)
    {
        switch (type.Kind)
        {
            // TaintNodesByCondition: nothing is scheduled before the node reports that it is ready.
            case "Node":
                var spec = document.Child("spec");
                var taints = spec["taints"] as JsonArray ?? [];
                spec["taints"] = taints;
                if (!taints.Any(taint => taint.Text("key") == NotReadyTaint && taint.Text("effect") == "NoSchedule"))
                {
                    taints.Add(new JsonObject { ["key"] = NotReadyTaint, ["effect"] = "NoSchedule" });
                }
                break;
            case "Namespace":
                document.Child("spec")["finalizers"] = new JsonArray("kubernetes");
                document.Child("status")["phase"] = "Active";
                break;
            case "Pod":
                PodAdmission.Admit(store, document);
                break;
        }
    }

    private static void CheckChange(ApiCall call, StoredObject current, JsonObject document)
    {
        var errors = ChangeValidator.Validate(call.Type, current.Document, document);
        if (errors.Count > 0)
        {
            throw Failures.Invalid(call.Type, current.Name, errors);
        }
    }

    private static void Check(ApiCall call, JsonObject document)
    {
        var errors = ObjectValidator.Validate(call.Type, document);
        if (errors.Count > 0)
        {
            throw Failures.Invalid(call.Type, document.Text("metadata", "name") ?? "", errors);
        }
    }
}
