using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Validation;

/// <summary>What the real server lets nobody change. Source: the ValidateUpdate functions of pkg/apis/core, apps, batch and node.</summary>
internal static class ChangeValidator
{
    private const string Immutable = "field is immutable";

    /// <summary>What is wrong with a change.</summary>
    public static List<FieldError> Validate(ResourceType type, JsonObject before, JsonObject after)
    {
        var errors = new List<FieldError>();
        switch (type.Kind)
        {
            case "Pod":
                Pod(before, after, errors);
                break;
            case "Deployment" or "ReplicaSet" or "DaemonSet":
                Same(before, after, errors, Immutable, "spec", "selector");
                break;
            case "Job":
                Same(before, after, errors, Immutable, "spec", "completions");
                Same(before, after, errors, Immutable, "spec", "selector");
                Same(before, after, errors, Immutable, "spec", "template");
                break;
            case "RuntimeClass":
                Same(before, after, errors, Immutable, "handler");
                break;
        }
        return errors;
    }

    private static void Same(JsonObject before, JsonObject after, List<FieldError> errors, string why, params string[] path)
    {
        if (!JsonNode.DeepEquals(before.At(path), after.At(path)))
        {
            errors.Add(FieldError.Invalid(string.Join('.', path), after.At(path)?.ToJsonString() ?? "null", why));
        }
    }

    private static void Pod(JsonObject before, JsonObject after, List<FieldError> errors)
    {
        if (!JsonNode.DeepEquals(Fixed(before), Fixed(after)))
        {
            errors.Add(FieldError.Forbidden(
                "spec",
                "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
                + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"));
        }
        var tolerations = after.Items("spec", "tolerations").ToList();
        if (before.Items("spec", "tolerations").Any(old => !tolerations.Exists(kept => JsonNode.DeepEquals(kept, old))))
        {
            errors.Add(FieldError.Forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds"));
        }
    }

    private static JsonObject Fixed(JsonObject pod)
    {
        var spec = (JsonObject?)pod["spec"]?.DeepClone() ?? [];
        spec.Remove("activeDeadlineSeconds");
        spec.Remove("tolerations");
        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
        {
            container.Remove("image");
        }
        return spec;
    }
}
