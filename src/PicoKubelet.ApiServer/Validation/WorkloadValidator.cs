using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Selectors;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Validation;

/// <summary>What the real server refuses in the objects that make pods. Source: pkg/apis/apps/validation and batch/validation.</summary>
internal static class WorkloadValidator
{
    /// <summary>Finds what is wrong with an object of that kind.</summary>
    public static void Validate(string kind, JsonObject document, List<FieldError> errors)
    {
        var spec = document["spec"] as JsonObject ?? [];
        foreach (var field in (ReadOnlySpan<string>)["replicas", "parallelism", "completions", "backoffLimit", "minReadySeconds"])
        {
            if (spec.Number(field) is < 0 and var number)
            {
                errors.Add(FieldError.Invalid($"spec.{field}", $"{number}", "must be greater than or equal to 0"));
            }
        }
        Selector(spec, errors);
        PodValidator.Validate(spec.At("template", "spec") as JsonObject ?? [], "spec.template.spec", errors);
        RestartPolicy(kind, spec.Text("template", "spec", "restartPolicy") ?? "", errors);
        if (kind == "Job" && spec.Text("completionMode") is var mode and not "NonIndexed")
        {
            errors.Add(FieldError.NotSupported("spec.completionMode", mode ?? "", "NonIndexed"));
        }
        if (kind == "Deployment" && spec.Text("strategy", "type") is var type and not ("Recreate" or "RollingUpdate"))
        {
            errors.Add(FieldError.NotSupported("spec.strategy.type", type ?? "", "Recreate", "RollingUpdate"));
        }
        if (kind == "Deployment" && spec.Text("strategy", "type") == "Recreate" && spec.At("strategy", "rollingUpdate") is not null)
        {
            errors.Add(FieldError.Forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'"));
        }
    }

    private static void Selector(JsonObject spec, List<FieldError> errors)
    {
        var text = LabelSelectorText.Of(spec["selector"]);
        if (text.Length == 0)
        {
            errors.Add(FieldError.Required("spec.selector", ""));
        }
        else if (!new LabelSelector(text).Matches(spec.At("template", "metadata", "labels") as JsonObject))
        {
            var labels = spec.At("template", "metadata", "labels")?.ToJsonString() ?? "null";
            errors.Add(FieldError.Invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`"));
        }
    }

    private static void RestartPolicy(string kind, string policy, List<FieldError> errors)
    {
        const string Field = "spec.template.spec.restartPolicy";
        if (kind == "Job" && policy == "Always")
        {
            errors.Add(FieldError.Required(Field, "valid values: \"OnFailure\", \"Never\""));
        }
        else if (kind != "Job" && policy is "OnFailure" or "Never")
        {
            errors.Add(FieldError.NotSupported(Field, policy, "Always"));
        }
    }
}
