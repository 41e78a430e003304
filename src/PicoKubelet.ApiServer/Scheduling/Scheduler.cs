using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Lifecycle;
using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Scheduling;

/// <summary>
/// Gives pods to nodes: by nodeSelector and required nodeAffinity, taints, and what is asked for of what is left; among those that
/// can, to the one with the fewest pods of the same controller, then with the most room. Source of the words: pkg/scheduler/framework.
/// </summary>
internal sealed class Scheduler(ObjectStore store, TimeProvider time, EventRecorder events)
{
    private const string Name = "default-scheduler";

    private readonly HashSet<string> _due = new(StringComparer.Ordinal);
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);

    /// <summary>Notes what a change may make possible.</summary>
    public void OnChange(StoreEvent change)
    {
        if (change.Current.Type == ResourceCatalog.Nodes)
        {
            if (change.Deleted || change.Previous is null || MayTakeMore(change.Previous.Document, change.Current.Document))
            {
                Retry();
            }
        }
        else if (change.Current.Type == ResourceCatalog.Pods)
        {
            var isPending = !change.Deleted && IsPending(change.Current);
            if (isPending && (change.Previous is null || !_waiting.Contains(change.Current.Key)))
            {
                _due.Add(change.Current.Key);
            }
            else if (!isPending)
            {
                _waiting.Remove(change.Current.Key);
            }
            if (change.Previous is not null && TakesRoom(change.Previous) && (change.Deleted || !TakesRoom(change.Current)))
            {
                Retry();
            }
        }
    }

    /// <summary>Schedules what is due.</summary>
    public void Run()
    {
        if (_due.Count == 0)
        {
            return;
        }
        var pods = store.List(ResourceCatalog.Pods, null).Items;
        var due = pods.Where(pod => _due.Contains(pod.Key) && IsPending(pod)).OrderBy(pod => pod.Document.Text("metadata", "creationTimestamp"), StringComparer.Ordinal).ToList();
        _due.Clear();
        if (due.Count == 0)
        {
            return;
        }
        var nodes = store.List(ResourceCatalog.Nodes, null).Items.Select(node => new NodeRoom(node)).ToDictionary(node => node.Name, StringComparer.Ordinal);
        foreach (var pod in pods.Where(TakesRoom))
        {
            nodes.GetValueOrDefault(pod.Document.Text("spec", "nodeName")!)?.Add(pod);
        }
        foreach (var pod in due)
        {
            Schedule(pod, nodes);
        }
    }

    private void Retry()
    {
        _due.UnionWith(_waiting);
        _waiting.Clear();
    }

    private static bool MayTakeMore(JsonObject before, JsonObject after) =>
        !JsonNode.DeepEquals(before.At("metadata", "labels"), after.At("metadata", "labels"))
        || !JsonNode.DeepEquals(before["spec"], after["spec"])
        || !JsonNode.DeepEquals(before.At("status", "allocatable"), after.At("status", "allocatable"));

    private static bool IsPending(StoredObject pod) =>
        string.IsNullOrEmpty(pod.Document.Text("spec", "nodeName")) && pod.Document.Text("spec", "schedulerName") == Name
        && !Removal.HasBegun(pod.Document) && !IsEnded(pod);

    private static bool TakesRoom(StoredObject pod) => !string.IsNullOrEmpty(pod.Document.Text("spec", "nodeName")) && !IsEnded(pod);

    private static bool IsEnded(StoredObject pod) => pod.Document.Text("status", "phase") is "Succeeded" or "Failed";

    private void Schedule(StoredObject pod, Dictionary<string, NodeRoom> nodes)
    {
        var requests = PodRequests.Of((JsonObject)pod.Document["spec"]!);
        var reasons = new Dictionary<string, int>(StringComparer.Ordinal);
        var fitting = new List<NodeRoom>();
        foreach (var node in nodes.Values)
        {
            var refused = node.Refuses(pod.Document, requests);
            if (refused.Count == 0)
            {
                fitting.Add(node);
            }
            foreach (var reason in refused)
            {
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            }
        }
        if (fitting.Count == 0)
        {
            _waiting.Add(pod.Key);
            Refuse(pod, nodes.Count, reasons);
            return;
        }
        var owner = PodOwner.Uid(pod);
        Bind(pod, fitting.OrderBy(node => node.Reluctance(pod.Document))
            .ThenBy(node => owner.Length == 0 ? 0 : node.PodsOf(owner))
            .ThenBy(node => node.Load)
            .ThenBy(node => node.Pods)
            .ThenBy(node => node.Name, StringComparer.Ordinal)
            .First());
    }

    private void Bind(StoredObject pod, NodeRoom node)
    {
        try
        {
            if (store.Update(pod.Type, pod.Namespace, pod.Name, current => BindingHandler.Bound(current, node.Name, time.GetUtcNow())) is { } bound)
            {
                node.Add(bound);
                events.Record(bound, Name, "Normal", "Scheduled", $"Successfully assigned {pod.Namespace}/{pod.Name} to {node.Name}");
            }
        }
        catch (ApiException)
        {
            // Somebody else bound or deleted it, and that is told as a change.
        }
    }

    private void Refuse(StoredObject pod, int nodes, Dictionary<string, int> reasons)
    {
        var counted = reasons.Select(reason => $"{reason.Value} {reason.Key}").Order(StringComparer.Ordinal);
        var message = nodes == 0 ? "no nodes available to schedule pods" : $"0/{nodes} nodes are available: {string.Join(", ", counted)}.";
        if (PodConditions.Find(pod.Document, "PodScheduled").Text("message") == message)
        {
            return;
        }
        store.Update(pod.Type, pod.Namespace, pod.Name, current =>
        {
            if (!IsPending(current))
            {
                return current.Document;
            }
            var document = (JsonObject)current.Document.DeepClone();
            PodConditions.Set(document, "PodScheduled", "False", time.GetUtcNow(), "Unschedulable", message);
            return Normalizer.Normalize(document, current.Type.Schema);
        });
        events.Record(pod, Name, "Warning", "FailedScheduling", message);
    }
}
