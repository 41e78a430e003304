using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Tables;

/// <summary>The cells of one row, in the order of columns.txt. Source: pkg/printers/internalversion/printers.go.</summary>
internal static class TableCells
{
    private const string None = "<none>";
    private const string RolePrefix = "node-role.kubernetes.io/";
    private const string Unknown = "<unknown>";

    public static JsonArray Of(StoredObject item, DateTimeOffset now)
    {
        var age = HumanDuration.Since(item.Document.Text("metadata", "creationTimestamp"), now);
        return item.Type.Kind switch
        {
            "Node" => Node(item, age),
            "Namespace" => [item.Name, item.Document.Text("status", "phase"), age],
            "ConfigMap" => [item.Name, Count(item, "data") + Count(item, "binaryData"), age],
            "Secret" => [item.Name, item.Document.Text("type"), Count(item, "data"), age],
            "ServiceAccount" => [item.Name, Count(item, "secrets"), age],
            "Lease" => [item.Name, item.Document.Text("spec", "holderIdentity"), age],
            "Event" => Event(item, now),
            "Pod" => PodCells.Of(item, age, now),
            "Deployment" => WorkloadCells.Deployment(item, age),
            "ReplicaSet" => WorkloadCells.ReplicaSet(item, age),
            "DaemonSet" => WorkloadCells.DaemonSet(item, age),
            "Job" => WorkloadCells.Job(item, age, now),
            "CertificateSigningRequest" => [item.Name, age, item.Document.Text("spec", "signerName"), item.Document.Text("spec", "username"), RequestState(item)],
            "RuntimeClass" => [item.Name, item.Document.Text("handler"), age],
            _ => [item.Name, age],
        };
    }

    private static string RequestState(StoredObject request)
    {
        var types = request.Document.Items("status", "conditions").Select(condition => condition.Text("type")!).ToList();
        var said = types.Count == 0 ? "Pending" : string.Join(',', types);
        return request.Document.Text("status", "certificate") is { Length: > 0 } ? said + ",Issued" : said;
    }

    private static JsonArray Node(StoredObject node, string age)
    {
        var info = node.Document.At("status", "nodeInfo");
        return
        [
            node.Name,
            NodeStatus(node.Document),
            NodeRoles(node.Document),
            age,
            info.Text("kubeletVersion"),
            Address(node, "InternalIP"),
            Address(node, "ExternalIP"),
            OrUnknown(info.Text("osImage")),
            OrUnknown(info.Text("kernelVersion")),
            OrUnknown(info.Text("containerRuntimeVersion")),
        ];
    }

    private static string NodeStatus(JsonObject node)
    {
        var ready = node.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "Ready");
        var status = ready is null ? "Unknown" : ready.Text("status") == "True" ? "Ready" : "NotReady";
        return node.IsTrue("spec", "unschedulable") ? status + ",SchedulingDisabled" : status;
    }

    private static string NodeRoles(JsonObject node)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.At("metadata", "labels") as JsonObject ?? [])
        {
            if (key.StartsWith(RolePrefix, StringComparison.Ordinal) && key.Length > RolePrefix.Length)
            {
                roles.Add(key[RolePrefix.Length..]);
            }
            else if (key == "kubernetes.io/role" && value!.ToString().Length > 0)
            {
                roles.Add(value.ToString());
            }
        }
        return roles.Count == 0 ? None : string.Join(',', roles);
    }

    private static string Address(StoredObject node, string type) =>
        node.Document.Items("status", "addresses").FirstOrDefault(address => address.Text("type") == type).Text("address") ?? None;

    private static JsonArray Event(StoredObject item, DateTimeOffset now)
    {
        var document = item.Document;
        var first = document.Text("firstTimestamp") ?? document.Text("eventTime");
        var last = document.Text("series", "lastObservedTime") ?? document.Text("lastTimestamp") ?? first;
        var count = document.At("series", "count") ?? document["count"];
        return
        [
            HumanDuration.Since(last, now),
            document.Text("type"),
            document.Text("reason"),
            $"{document.Text("involvedObject", "kind")?.ToLowerInvariant()}/{document.Text("involvedObject", "name")}",
            document.Text("involvedObject", "fieldPath") ?? "",
            EventSource(document),
            document.Text("message")?.Trim(),
            HumanDuration.Since(first, now),
            count?.DeepClone() ?? 1,
            item.Name,
        ];
    }

    private static string EventSource(JsonObject document)
    {
        var component = document.Text("source", "component") ?? document.Text("reportingComponent") ?? "";
        return document.Text("source", "host") is { Length: > 0 } host ? $"{component}, {host}" : component;
    }

    private static int Count(StoredObject item, string member) => item.Document[member] switch
    {
        JsonObject map => map.Count,
        JsonArray list => list.Count,
        _ => 0,
    };

    private static string OrUnknown(string? text) => string.IsNullOrEmpty(text) ? Unknown : text;
}
