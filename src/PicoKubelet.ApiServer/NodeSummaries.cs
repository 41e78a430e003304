using System.Globalization;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer;

/// <summary>Makes the summaries of nodes.</summary>
internal static class NodeSummaries
{
    private const string LeaseNamespace = "kube-node-lease";

    public static IReadOnlyList<NodeSummary> Of(ObjectStore store) =>
        [.. store.List(ResourceCatalog.Nodes, null).Items.Select(node => Of(node, store.Get(ResourceCatalog.Leases, LeaseNamespace, node.Name)))];

    private static NodeSummary Of(StoredObject node, StoredObject? lease)
    {
        var document = node.Document;
        var ready = document.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "Ready");
        return new NodeSummary(
            node.Name,
            ready.Text("status") ?? "Unknown",
            ready.Text("reason") ?? "",
            ready.Text("message") ?? "",
            Time(ready.Text("lastTransitionTime")),
            Newer(Time(ready.Text("lastHeartbeatTime")), Time(lease?.Document.Text("spec", "renewTime"))),
            document.Text("status", "nodeInfo", "kubeletVersion") ?? "",
            document.Items("status", "addresses").FirstOrDefault(address => address.Text("type") == "InternalIP").Text("address") ?? "",
            Time(document.Text("metadata", "creationTimestamp")) ?? default,
            document.IsTrue("spec", "unschedulable"),
            [.. document.Items("spec", "taints").Select(Taint)]);
    }

    private static string Taint(JsonObject taint) =>
        taint.Text("value") is { Length: > 0 } value ? $"{taint.Text("key")}={value}:{taint.Text("effect")}" : $"{taint.Text("key")}:{taint.Text("effect")}";

    private static DateTimeOffset? Newer(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
