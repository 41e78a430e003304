using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Scheduling;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Lifecycle;

/// <summary>
/// What becomes of the pods of nodes that went silent or were deleted. Source: pkg/controller/nodelifecycle, tainteviction and podgc.
/// </summary>
internal sealed class NodePods(ObjectStore store, TimeProvider time, EventRecorder events)
{
    // kube-controller-manager keeps 12,500, which memory does not bear for ever.
    private const int EndedPodsKept = 500;

    // podgc's quarantineTime: a node that is deleted may come back.
    private static readonly TimeSpan Quarantine = TimeSpan.FromSeconds(40);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _missing = new(StringComparer.Ordinal);

    /// <summary>Says of the pods of a node that is not ready that they are not either.</summary>
    public void MarkNotReady(StoredObject node)
    {
        foreach (var pod in PodsOf(node.Name).Where(pod => PodConditions.Find(pod.Document, "Ready").Text("status") == "True"))
        {
            store.Update(pod.Type, pod.Namespace, pod.Name, current =>
            {
                var document = (JsonObject)current.Document.DeepClone();
                PodConditions.Set(document, "Ready", "False", time.GetUtcNow());
                return Normalizer.Normalize(document, current.Type.Schema);
            });
            events.Record(pod, "node-controller", "Warning", "NodeNotReady", "Node is not ready");
        }
    }

    /// <summary>Ends the pods whose node is gone, or has been given up; and drops ended pods where there are too many.</summary>
    public void LookAtAll()
    {
        lock (_lock)
        {
            var pods = store.List(ResourceCatalog.Pods, null).Items;
            var bound = pods.Where(pod => NodeOf(pod).Length > 0).ToLookup(NodeOf, StringComparer.Ordinal);
            foreach (var group in bound)
            {
                LookAt(group.Key, group);
            }
            foreach (var name in _missing.Keys.Where(name => !bound.Contains(name)).ToList())
            {
                _missing.Remove(name);
            }
            var ended = pods.Where(pod => pod.Document.Text("status", "phase") is "Succeeded" or "Failed").ToList();
            foreach (var pod in ended.OrderBy(pod => pod.ResourceVersion).Take(Math.Max(0, ended.Count - EndedPodsKept)))
            {
                store.Delete(pod.Type, pod.Namespace, pod.Name, graceSeconds: 0);
            }
        }
    }

    private void LookAt(string nodeName, IEnumerable<StoredObject> pods)
    {
        var now = time.GetUtcNow();
        if (store.Get(ResourceCatalog.Nodes, "", nodeName) is not { } node)
        {
            if (!_missing.TryAdd(nodeName, now) && now >= _missing[nodeName] + Quarantine)
            {
                foreach (var pod in pods)
                {
                    store.Delete(pod.Type, pod.Namespace, pod.Name, graceSeconds: 0);
                }
            }
            return;
        }
        _missing.Remove(nodeName);
        var taints = node.Document.Items("spec", "taints").Where(taint => taint.Text("effect") == "NoExecute").ToList();
        if (taints.Count == 0)
        {
            return;
        }
        foreach (var pod in pods.Where(pod => !Removal.HasBegun(pod.Document) && taints.Exists(taint => Tolerations.IsOver(pod.Document, taint, now))))
        {
            events.Record(pod, "taint-eviction-controller", "Normal", "TaintManagerEviction", $"Marking for deletion Pod {pod.Namespace}/{pod.Name}");
            store.Delete(pod.Type, pod.Namespace, pod.Name);
        }
    }

    private static string NodeOf(StoredObject pod) => pod.Document.Text("spec", "nodeName") ?? "";

    private IEnumerable<StoredObject> PodsOf(string node) => store.List(ResourceCatalog.Pods, null).Items.Where(pod => NodeOf(pod) == node);
}
