using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Scheduling;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>Keeps one pod of a DaemonSet on each node that it may run on. Source: pkg/controller/daemon.</summary>
internal sealed class DaemonSetController(WorkloadTools tools) : WorkloadController(tools, ResourceCatalog.DaemonSets, ResourceCatalog.Pods)
{
    private const string Component = "daemonset-controller";

    // util.AddOrUpdateDaemonPodTolerations
    private static readonly (string Key, string Effect)[] Tolerated =
    [
        ("node.kubernetes.io/not-ready", "NoExecute"),
        ("node.kubernetes.io/unreachable", "NoExecute"),
        ("node.kubernetes.io/disk-pressure", "NoSchedule"),
        ("node.kubernetes.io/memory-pressure", "NoSchedule"),
        ("node.kubernetes.io/pid-pressure", "NoSchedule"),
        ("node.kubernetes.io/unschedulable", "NoSchedule"),
    ];

    private readonly FailedPodBackoff _backoff = new();

    /// <inheritdoc />
    public override void OnChange(StoreEvent change)
    {
        base.OnChange(change);
        if (change.Current.Type == ResourceCatalog.Nodes
            && (change.Deleted || change.Previous is null || ConcernsPods(change.Previous.Document, change.Current.Document)))
        {
            AddAll();
        }
    }

    /// <inheritdoc />
    protected override void Sync(StoredObject item)
    {
        var hash = TemplateHash.Of(item.Document);
        var byNode = Tools.OwnedBy(item, ResourceCatalog.Pods).ToLookup(NodeOf, StringComparer.Ordinal);
        var wanted = NodesFor(item);
        foreach (var node in wanted)
        {
            Manage(item, node.Name, byNode[node.Name], hash);
        }
        foreach (var group in byNode.Where(group => !wanted.Exists(node => node.Name == group.Key) && !MayStay(item, group.Key)))
        {
            foreach (var pod in group.Where(PodState.IsActive))
            {
                Tools.DeletePod(item, Component, pod);
            }
        }
        if (item.Document.Text("spec", "updateStrategy", "type") == "RollingUpdate")
        {
            Roll(item, wanted, hash);
        }
        DaemonSetStatus.Report(Tools, item, wanted, Tools.OwnedBy(item, ResourceCatalog.Pods).ToLookup(NodeOf, StringComparer.Ordinal), hash);
    }

    /// <inheritdoc />
    protected override void Forget(string key) => _backoff.Forget(Tools.Now);

    /// <summary>The node that a pod is on or is meant for.</summary>
    internal static string NodeOf(StoredObject pod) => pod.Document.Text("spec", "nodeName") is { Length: > 0 } name ? name : MeantFor(pod.Document);

    private static bool ConcernsPods(JsonObject before, JsonObject after) =>
        !JsonNode.DeepEquals(before["spec"], after["spec"]) || !JsonNode.DeepEquals(before.At("metadata", "labels"), after.At("metadata", "labels"));

    private static string MeantFor(JsonObject pod) =>
        pod.Items("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
            .SelectMany(term => term.Items("matchFields"))
            .Select(requirement => (requirement["values"] as JsonArray)?.FirstOrDefault()?.ToString())
            .FirstOrDefault() ?? "";

    private List<StoredObject> NodesFor(StoredObject item)
    {
        var pod = PodOf(item);
        return [.. Tools.List(ResourceCatalog.Nodes, null).Where(node =>
            NodeAffinity.Matches((JsonObject)pod["spec"]!, node.Document)
            && Tolerations.FirstUntolerated(node.Document, pod, "NoSchedule", "NoExecute") is null)];
    }

    // A taint that only keeps new pods away does not end one that runs.
    private bool MayStay(StoredObject item, string nodeName)
    {
        var pod = PodOf(item);
        return Tools.Get(ResourceCatalog.Nodes, "", nodeName) is { } node
            && NodeAffinity.Matches((JsonObject)pod["spec"]!, node.Document)
            && Tolerations.FirstUntolerated(node.Document, pod, "NoExecute") is null;
    }

    // The template as a pod that has what this controller adds. What a RuntimeClass would add is not looked at, nor by the real one.
    private JsonObject PodOf(StoredObject item)
    {
        var spec = (JsonObject)item.Document.At("spec", "template", "spec")!.DeepClone();
        AddTolerations(spec);
        return new JsonObject { ["spec"] = spec };
    }

    private void Manage(StoredObject item, string node, IEnumerable<StoredObject> pods, string hash)
    {
        var isThere = false;
        foreach (var pod in pods)
        {
            if (PodState.IsFailed(pod) && !Removal.HasBegun(pod.Document))
            {
                // Soon again, but not at once for ever: a node may refuse it each time.
                if (_backoff.NextTry(item.Uid, node, pod, Tools.Now) is { } later)
                {
                    Again(item, later);
                    isThere = true;
                    continue;
                }
                Tools.Tell(item, Component, "Warning", "FailedDaemonPod", $"Found failed daemon pod {pod.Namespace}/{pod.Name} on node {node}, will try to kill it");
                Tools.Delete(pod);
            }
            else if (!PodState.IsFailed(pod) && !PodState.IsSucceeded(pod))
            {
                // One that still ends holds the place.
                isThere = true;
            }
        }
        if (!isThere)
        {
            CreatePods(item, 1, () => Tools.CreatePod(item, Component, new JsonObject { [TemplateHash.DaemonSetLabel] = hash }, spec => BindTo(spec, node)));
        }
    }

    private static void BindTo(JsonObject spec, string node)
    {
        AddTolerations(spec);
        var byName = new JsonObject { ["key"] = "metadata.name", ["operator"] = "In", ["values"] = new JsonArray(node) };
        spec.Child("affinity").Child("nodeAffinity")["requiredDuringSchedulingIgnoredDuringExecution"] =
            new JsonObject { ["nodeSelectorTerms"] = new JsonArray(new JsonObject { ["matchFields"] = new JsonArray(byName) }) };
    }

    private static void AddTolerations(JsonObject spec)
    {
        foreach (var (key, effect) in Tolerated)
        {
            PodAdmission.Tolerations(spec).Add(new JsonObject { ["key"] = key, ["operator"] = "Exists", ["effect"] = effect });
        }
    }

    private void Roll(StoredObject item, List<StoredObject> nodes, string hash)
    {
        var most = Math.Max(1, RollingPlan.Amount(item.Document.At("spec", "updateStrategy", "rollingUpdate", "maxUnavailable"), nodes.Count, roundsUp: true));
        var pods = Tools.OwnedBy(item, ResourceCatalog.Pods).Where(pod => !PodState.IsFailed(pod) && !PodState.IsSucceeded(pod)).ToList();
        var minReady = item.Document.Number("spec", "minReadySeconds") ?? 0;
        var serving = pods.Where(pod => PodState.IsActive(pod) && PodState.AvailableAt(pod, minReady) <= Tools.Now).ToHashSet();
        var allowed = most - nodes.Count(node => !serving.Any(pod => NodeOf(pod) == node.Name));
        foreach (var pod in pods.Where(pod => PodState.IsActive(pod) && pod.Document.Text("metadata", "labels", TemplateHash.DaemonSetLabel) != hash))
        {
            // One that does not serve is no loss.
            if (!serving.Contains(pod) || allowed-- > 0)
            {
                Tools.DeletePod(item, Component, pod);
            }
        }
    }
}
