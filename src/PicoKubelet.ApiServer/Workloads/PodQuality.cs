using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>A pod's quality of service. Source: pkg/apis/core/helper/qos.</summary>
internal static class PodQuality
{
    private static readonly string[] Counted = ["cpu", "memory"];

    /// <summary>The class of a pod with that spec.</summary>
    public static string Of(JsonObject spec)
    {
        var containers = spec.Items("containers").Concat(spec.Items("initContainers")).ToList();
        if (containers.TrueForAll(container => Counted.All(resource => Amount(container, "requests", resource) == 0 && Amount(container, "limits", resource) == 0)))
        {
            return "BestEffort";
        }
        return containers.TrueForAll(container => Array.TrueForAll(Counted, resource =>
            Amount(container, "limits", resource) is > 0 and var limit && Amount(container, "requests", resource) == limit))
            ? "Guaranteed"
            : "Burstable";
    }

    private static decimal Amount(JsonObject container, string list, string resource) =>
        container.Text("resources", list, resource) is { } text ? Quantity.Parse(text) : 0;
}
