using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;
using PicoKubelet.ApiServer.Workloads;

namespace PicoKubelet.ApiServer.Scheduling;

/// <summary>What a pod takes of a node: what its containers ask for, and its overhead. Source: k8s.io/component-helpers, resource.PodRequests.</summary>
internal static class PodRequests
{
    /// <summary>The amounts by resource.</summary>
    public static Dictionary<string, decimal> Of(JsonObject podSpec)
    {
        var sum = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var container in podSpec.Items("containers"))
        {
            Add(sum, container.At("resources", "requests") as JsonObject);
        }
        foreach (var container in podSpec.Items("initContainers"))
        {
            // They run one after another, before the others.
            foreach (var (resource, amount) in container.At("resources", "requests") as JsonObject ?? [])
            {
                sum[resource] = Math.Max(sum.GetValueOrDefault(resource), Quantity.Parse(amount!.ToString()));
            }
        }
        Add(sum, podSpec["overhead"] as JsonObject);
        return sum;
    }

    private static void Add(Dictionary<string, decimal> sum, JsonObject? amounts)
    {
        foreach (var (resource, amount) in amounts ?? [])
        {
            sum[resource] = sum.GetValueOrDefault(resource) + Quantity.Parse(amount!.ToString());
        }
    }
}
