using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;
using PicoKubelet.ApiServer.Workloads;

namespace PicoKubelet.ApiServer.Validation;

/// <summary>What the real server refuses in the spec of a pod, as far as pods for boards go. Source: pkg/apis/core/validation.</summary>
internal static class PodValidator
{
    private static readonly string[] RestartPolicies = ["Always", "OnFailure", "Never"];

    /// <summary>Finds what is wrong.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="errors">Takes it.</param>
    public static void Validate(JsonObject spec, string path, List<FieldError> errors)
    {
        var volumes = Volumes(spec, path, errors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!spec.Items("containers").Any())
        {
            errors.Add(FieldError.Required($"{path}.containers", ""));
        }
        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
        {
            var i = 0;
            foreach (var container in spec.Items(list))
            {
                Container(container, $"{path}.{list}[{i++}]", names, volumes, errors);
            }
        }
        if (spec.Text("restartPolicy") is var policy && !RestartPolicies.Contains(policy))
        {
            errors.Add(FieldError.NotSupported($"{path}.restartPolicy", policy ?? "", RestartPolicies));
        }
        if (spec.Number("activeDeadlineSeconds") is < 1 and var deadline)
        {
            errors.Add(FieldError.Invalid($"{path}.activeDeadlineSeconds", $"{deadline}", "must be between 1 and 2147483647, inclusive"));
        }
        if (spec.Number("terminationGracePeriodSeconds") is < 0 and var grace)
        {
            errors.Add(FieldError.Invalid($"{path}.terminationGracePeriodSeconds", $"{grace}", "must be greater than or equal to 0"));
        }
    }

    private static HashSet<string> Volumes(JsonObject spec, string path, List<FieldError> errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var volume in spec.Items("volumes"))
        {
            var field = $"{path}.volumes[{i++}].name";
            Name(volume, field, names, errors);
        }
        return names;
    }

    private static void Name(JsonObject named, string field, HashSet<string> names, List<FieldError> errors)
    {
        var name = named.Text("name") ?? "";
        if (name.Length == 0)
        {
            errors.Add(FieldError.Required(field, ""));
        }
        else if (NameRules.Label(name) is { } why)
        {
            errors.Add(FieldError.InvalidText(field, name, why));
        }
        else if (!names.Add(name))
        {
            errors.Add(FieldError.Duplicate(field, name));
        }
    }

    private static void Container(JsonObject container, string path, HashSet<string> names, HashSet<string> volumes, List<FieldError> errors)
    {
        Name(container, $"{path}.name", names, errors);
        if ((container.Text("image") ?? "").Length == 0)
        {
            errors.Add(FieldError.Required($"{path}.image", ""));
        }
        var i = 0;
        foreach (var mount in container.Items("volumeMounts"))
        {
            var field = $"{path}.volumeMounts[{i++}]";
            if (!volumes.Contains(mount.Text("name") ?? ""))
            {
                errors.Add(FieldError.NotFound($"{field}.name", mount.Text("name") ?? ""));
            }
            if ((mount.Text("mountPath") ?? "").Length == 0)
            {
                errors.Add(FieldError.Required($"{field}.mountPath", ""));
            }
        }
        i = 0;
        foreach (var variable in container.Items("env"))
        {
            if ((variable.Text("name") ?? "").Length == 0)
            {
                errors.Add(FieldError.Required($"{path}.env[{i}].name", ""));
            }
            i++;
        }
        Resources(container, $"{path}.resources", errors);
    }

    private static void Resources(JsonObject container, string path, List<FieldError> errors)
    {
        foreach (var (resource, amount) in container.At("resources", "requests") as JsonObject ?? [])
        {
            var requested = Quantity.Parse(amount!.ToString());
            var limit = container.Text("resources", "limits", resource);
            if (limit is not null && requested > Quantity.Parse(limit))
            {
                errors.Add(FieldError.InvalidText($"{path}.requests", amount.ToString(), $"must be less than or equal to {resource} limit of {limit}"));
            }
            else if (limit is not null && IsExtended(resource) && requested != Quantity.Parse(limit))
            {
                errors.Add(FieldError.InvalidText($"{path}.requests", amount.ToString(), $"must be equal to {resource} limit of {limit}"));
            }
            else if (limit is null && IsExtended(resource))
            {
                errors.Add(FieldError.Required($"{path}.limits", "Limit must be set for non overcommitable resources"));
            }
        }
        foreach (var (resource, amount) in container.At("resources", "limits") as JsonObject ?? [])
        {
            if (IsExtended(resource) && Quantity.Parse(amount!.ToString()) % 1 != 0)
            {
                errors.Add(FieldError.InvalidText($"{path}.limits[{resource}]", amount.ToString(), "must be an integer"));
            }
        }
    }

    private static bool IsExtended(string resource) => resource.Contains('/', StringComparison.Ordinal);
}
