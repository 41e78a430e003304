using System.Text.Json;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Validation;

/// <summary>What the real server refuses in the objects that a node agent or a user writes.</summary>
internal static class ObjectValidator
{
    // apimachinery's TotalAnnotationSizeLimitB
    private const int AnnotationsLimit = 256 * 1024;
    // core's MaxSecretSize, which holds for ConfigMaps too
    private const int DataLimit = 1024 * 1024;

    /// <summary>What is wrong with a canonical document.</summary>
    public static List<FieldError> Validate(ResourceType type, JsonObject document)
    {
        var errors = new List<FieldError>();
        Metadata(type, document, errors);
        switch (type.Kind)
        {
            case "Node":
                Taints(document, errors);
                break;
            case "Lease":
                Positive(document, errors, "leaseDurationSeconds", 1, "must be greater than 0");
                Positive(document, errors, "leaseTransitions", 0, "must be greater than or equal to 0");
                break;
            case "ConfigMap":
                Data(document, errors);
                break;
            case "Event":
                InvolvedNamespace(document, errors);
                break;
            case "Pod":
                PodValidator.Validate(document["spec"] as JsonObject ?? [], "spec", errors);
                break;
            case "Deployment" or "ReplicaSet" or "DaemonSet" or "Job":
                WorkloadValidator.Validate(type.Kind, document, errors);
                break;
            case "RuntimeClass" when NameRules.Label(document.Text("handler") ?? "") is { } why:
                errors.Add(FieldError.InvalidText("handler", document.Text("handler") ?? "", why));
                break;
        }
        return errors;
    }

    private static void Metadata(ResourceType type, JsonObject document, List<FieldError> errors)
    {
        var name = document.Text("metadata", "name");
        if (name is null)
        {
            errors.Add(FieldError.Required("metadata.name", "name or generateName is required"));
        }
        else if (Name(type, name) is { } why)
        {
            errors.Add(FieldError.InvalidText("metadata.name", name, why));
        }
        Labels(document, errors);
        Annotations(document, errors);
        foreach (var owner in document.Items("metadata", "ownerReferences"))
        {
            foreach (var (field, value) in owner.Where(field => field.Key is "apiVersion" or "kind" or "name" or "uid"))
            {
                if (value?.ToString().Length is null or 0)
                {
                    var what = field == "apiVersion" ? "version" : field;
                    errors.Add(FieldError.InvalidText($"metadata.ownerReferences.{field}", "", $"{what} must not be empty"));
                }
            }
        }
    }

    private static string? Name(ResourceType type, string name)
    {
        if (type.NamesAreSegments)
        {
            return NameRules.PathSegment(name);
        }
        return type.NamesAreLabels ? NameRules.Label(name) : NameRules.Subdomain(name);
    }

    private static void Labels(JsonObject document, List<FieldError> errors)
    {
        foreach (var (key, value) in document.At("metadata", "labels") as JsonObject ?? [])
        {
            if (NameRules.Qualified(key) is { } wrongKey)
            {
                errors.Add(FieldError.InvalidText("metadata.labels", key, wrongKey));
            }
            if (NameRules.LabelValue(value!.GetValue<string>()) is { } wrongValue)
            {
                errors.Add(FieldError.InvalidText("metadata.labels", value.GetValue<string>(), wrongValue));
            }
        }
    }

    private static void Annotations(JsonObject document, List<FieldError> errors)
    {
        var size = 0;
        foreach (var (key, value) in document.At("metadata", "annotations") as JsonObject ?? [])
        {
            size += key.Length + value!.GetValue<string>().Length;
            if (NameRules.Qualified(key.ToLowerInvariant()) is { } wrongKey)
            {
                errors.Add(FieldError.InvalidText("metadata.annotations", key, wrongKey));
            }
        }
        if (size > AnnotationsLimit)
        {
            errors.Add(FieldError.TooLong("metadata.annotations", AnnotationsLimit));
        }
    }

    private static void Taints(JsonObject document, List<FieldError> errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var taint in document.Items("spec", "taints"))
        {
            var field = $"spec.taints[{i++}]";
            var key = taint.Text("key") ?? "";
            var effect = taint.Text("effect") ?? "";
            if (NameRules.Qualified(key) is { } wrongKey)
            {
                errors.Add(FieldError.InvalidText($"{field}.key", key, wrongKey));
            }
            if (NameRules.LabelValue(taint.Text("value") ?? "") is { } wrongValue)
            {
                errors.Add(FieldError.InvalidText($"{field}.value", taint.Text("value")!, wrongValue));
            }
            if (effect is not ("NoSchedule" or "PreferNoSchedule" or "NoExecute"))
            {
                errors.Add(effect.Length == 0
                    ? FieldError.Required($"{field}.effect", "")
                    : FieldError.NotSupported($"{field}.effect", effect, "NoSchedule", "PreferNoSchedule", "NoExecute"));
            }
            if (!seen.Add($"{key}:{effect}"))
            {
                errors.Add(new FieldError(field, "FieldValueDuplicate", $"Duplicate value: {taint.ToJsonString()}"));
            }
        }
    }

    private static void Positive(JsonObject document, List<FieldError> errors, string field, int least, string why)
    {
        if (document.At("spec", field) is { } value && value.GetValue<long>() < least)
        {
            errors.Add(FieldError.Invalid($"spec.{field}", value.ToJsonString(), why));
        }
    }

    private static void Data(JsonObject document, List<FieldError> errors)
    {
        var size = 0;
        foreach (var member in (ReadOnlySpan<string>)["data", "binaryData"])
        {
            foreach (var (key, value) in document[member] as JsonObject ?? [])
            {
                size += value!.GetValue<string>().Length;
                if (NameRules.ConfigKey(key) is { } why)
                {
                    errors.Add(FieldError.InvalidText($"{member}[{key}]", key, why));
                }
            }
        }
        if (size > DataLimit)
        {
            errors.Add(FieldError.TooLong("", DataLimit));
        }
    }

    private static void InvolvedNamespace(JsonObject document, List<FieldError> errors)
    {
        var involved = document.Text("involvedObject", "namespace") ?? "";
        var own = document.Text("metadata", "namespace") ?? "";
        // Events about objects without a namespace belong into default.
        if (involved != own && !(involved.Length == 0 && own == "default"))
        {
            errors.Add(FieldError.InvalidText("involvedObject.namespace", involved, "does not match event.namespace"));
        }
    }
}
