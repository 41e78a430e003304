using System.Globalization;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Scheduling;

/// <summary>Which nodes a pod asks for: nodeSelector, and the nodeAffinity that it requires. Source: k8s.io/component-helpers, nodeaffinity.</summary>
internal static class NodeAffinity
{
    /// <summary>Whether the node is one that the pod asks for.</summary>
    public static bool Matches(JsonObject podSpec, JsonObject node)
    {
        var labels = node.At("metadata", "labels");
        foreach (var (key, value) in podSpec["nodeSelector"] as JsonObject ?? [])
        {
            if (labels.Text(key) != value?.ToString())
            {
                return false;
            }
        }
        var required = podSpec.At("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
        return required is null || required.Items("nodeSelectorTerms").Any(term => Matches(term, node, labels));
    }

    private static bool Matches(JsonObject term, JsonObject node, JsonNode? labels)
    {
        var expressions = term.Items("matchExpressions").ToList();
        var fields = term.Items("matchFields").ToList();
        return expressions.Count + fields.Count > 0
            && expressions.TrueForAll(requirement => Meets(requirement, labels.Text(requirement.Text("key")!)))
            && fields.TrueForAll(requirement => requirement.Text("key") == "metadata.name" && Meets(requirement, node.Text("metadata", "name")));
    }

    private static bool Meets(JsonObject requirement, string? value)
    {
        var values = (requirement["values"] as JsonArray ?? []).Select(item => item?.ToString()).ToList();
        return requirement.Text("operator") switch
        {
            "In" => value is not null && values.Contains(value),
            "NotIn" => value is null || !values.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            "Gt" => Number(value) is { } number && Number(values.FirstOrDefault()) < number,
            "Lt" => Number(value) is { } number && Number(values.FirstOrDefault()) > number,
            _ => false,
        };
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
