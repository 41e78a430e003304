using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Lifecycle;

/// <summary>
/// Notices nodes that have gone silent. A sign of life is a Ready condition with another lastHeartbeatTime, or a Lease
/// with another renewTime. Source: monitorNodeHealth and tryUpdateNodeHealth in pkg/controller/nodelifecycle.
/// </summary>
internal sealed class NodeMonitor(ObjectStore store, ApiServerOptions options, EventRecorder events, NodePods pods)
{
    private const string LeaseNamespace = "kube-node-lease";

    // kube-controller-manager's --node-startup-grace-period: the time for a node that has not reported at all.
    private static readonly TimeSpan StartupGracePeriod = TimeSpan.FromMinutes(1);

    // NetworkUnavailable is not the kubelet's to report, so it stays.
    private static readonly string[] Conditions = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, NodeHealth> _health = new(StringComparer.Ordinal);

    public void OnChange(StoreEvent change)
    {
        if (change.Current.Type != ResourceCatalog.Nodes)
        {
            return;
        }
        if (change.Deleted)
        {
            _health.TryRemove(change.Current.Uid, out _);
            events.Record(change.Current, "RemovingNode", $"Node {change.Current.Name} event: Removing Node {change.Current.Name} from Controller");
        }
        else if (change.Previous is null)
        {
            events.Record(change.Current, "RegisteredNode", $"Node {change.Current.Name} event: Registered Node {change.Current.Name} in Controller");
        }
        else if (IsReady(change.Previous) && !IsReady(change.Current))
        {
            events.Record(change.Current, "NodeNotReady", $"Node {change.Current.Name} status is now: NodeNotReady");
            pods.MarkNotReady(change.Current);
        }
    }

    /// <summary>Looks at every node.</summary>
    public void LookAtAll()
    {
        lock (_lock)
        {
            foreach (var node in store.List(ResourceCatalog.Nodes, null).Items)
            {
                LookAt(node);
            }
        }
    }

    private void LookAt(StoredObject node)
    {
        var now = options.Time.GetUtcNow();
        var ready = Condition(node.Document, "Ready");
        var heartbeat = ready.Text("lastHeartbeatTime");
        var renewTime = store.Get(ResourceCatalog.Leases, LeaseNamespace, node.Name)?.Document.Text("spec", "renewTime");
        var health = _health.GetOrAdd(node.Uid, _ => new NodeHealth
        {
            ProbeTime = ready is null ? Times.ParseTime(node.Metadata.Text("creationTimestamp")!) : now,
            Heartbeat = heartbeat,
            RenewTime = renewTime,
        });
        if (heartbeat != health.Heartbeat || (renewTime is not null && renewTime != health.RenewTime))
        {
            health.ProbeTime = now;
            health.Heartbeat = heartbeat;
            health.RenewTime = renewTime ?? health.RenewTime;
        }
        var grace = ready is null ? StartupGracePeriod : options.NodeMonitorGracePeriod;
        if (now > health.ProbeTime + grace)
        {
            // A report that came in since then is a sign of life too.
            store.Update(ResourceCatalog.Nodes, "", node.Name, current => current == node ? Silent(current, now) : current.Document);
        }
    }

    private static JsonObject Silent(StoredObject node, DateTimeOffset now)
    {
        var document = (JsonObject)node.Document.DeepClone();
        var status = document.Child("status");
        var conditions = status["conditions"] as JsonArray ?? [];
        status["conditions"] = conditions;
        foreach (var type in Conditions)
        {
            if (Condition(document, type) is not { } condition)
            {
                conditions.Add(new JsonObject
                {
                    ["type"] = type,
                    ["status"] = "Unknown",
                    ["lastHeartbeatTime"] = node.Metadata.Text("creationTimestamp"),
                    ["lastTransitionTime"] = Times.Format(now),
                    ["reason"] = "NodeStatusNeverUpdated",
                    ["message"] = "Kubelet never posted node status.",
                });
            }
            else if (condition.Text("status") != "Unknown")
            {
                condition["status"] = "Unknown";
                condition["reason"] = "NodeStatusUnknown";
                condition["message"] = "Kubelet stopped posting node status.";
                condition["lastTransitionTime"] = Times.Format(now);
            }
        }
        return Normalizer.Normalize(document, ResourceCatalog.Nodes.Schema);
    }

    private static bool IsReady(StoredObject node) => Condition(node.Document, "Ready").Text("status") == "True";

    private static JsonObject? Condition(JsonObject node, string type) =>
        node.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == type);
}
