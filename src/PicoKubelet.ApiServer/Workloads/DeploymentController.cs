using System.Globalization;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>
/// Brings a Deployment's pods from one version of its template to the next, by ReplicaSets: at once or step by step.
/// Source: pkg/controller/deployment.
/// </summary>
internal sealed class DeploymentController(WorkloadTools tools) : WorkloadController(tools, ResourceCatalog.Deployments, ResourceCatalog.ReplicaSets)
{
    private const string Component = "deployment-controller";
    private const string Revision = "deployment.kubernetes.io/revision";

    /// <inheritdoc />
    public override void OnChange(StoreEvent change)
    {
        base.OnChange(change);
        // Recreate waits for the last pod, which its ReplicaSet no longer counts.
        if (change.Deleted && change.Current.Type == ResourceCatalog.Pods && PodOwner.Of(change.Current) is { } set && set.Text("kind") == "ReplicaSet"
            && Tools.Get(ResourceCatalog.ReplicaSets, change.Current.Namespace, set.Text("name") ?? "") is { } owner)
        {
            AddOwner(owner);
        }
    }

    /// <inheritdoc />
    protected override void Sync(StoredObject item)
    {
        var hash = TemplateHash.Of(item.Document);
        var sets = Sets(item);
        var current = sets.Find(set => set.Document.Text("metadata", "labels", TemplateHash.DeploymentLabel) == hash);
        if (item.Document.IsTrue("spec", "paused"))
        {
            ScaleWhilePaused(item, sets);
        }
        else
        {
            current ??= Create(item, hash);
            if (current is not null)
            {
                Number(item, current, sets);
                Roll(item, current.Key);
            }
        }
        DropHistory(item, hash);
        DeploymentStatus.Report(Tools, item, Sets(item), hash);
        if (Tools.Get(item.Type, item.Namespace, item.Name) is { } reported && DeploymentStatus.Deadline(reported) is { } deadline)
        {
            Again(item, deadline);
        }
    }

    private List<StoredObject> Sets(StoredObject item) => Tools.OwnedBy(item, ResourceCatalog.ReplicaSets);

    private StoredObject? Create(StoredObject item, string hash)
    {
        var template = (JsonObject)item.Document.At("spec", "template")!.DeepClone();
        template.Child("metadata").Child("labels")[TemplateHash.DeploymentLabel] = hash;
        var selector = (JsonObject)item.Document.At("spec", "selector")!.DeepClone();
        selector.Child("matchLabels")[TemplateHash.DeploymentLabel] = hash;
        var metadata = new JsonObject { ["labels"] = template.At("metadata", "labels")!.DeepClone(), ["generation"] = 1L };
        var spec = new JsonObject
        {
            ["replicas"] = 0L,
            ["minReadySeconds"] = item.Document.Number("spec", "minReadySeconds"),
            ["selector"] = selector,
            ["template"] = template,
        };
        return Tools.Create(ResourceCatalog.ReplicaSets, WorkloadTools.New(item, ResourceCatalog.ReplicaSets, $"{item.Name}-{hash}", metadata, spec));
    }

    // What kubectl rollout history and undo go by.
    private void Number(StoredObject item, StoredObject current, List<StoredObject> sets)
    {
        var newest = sets.Where(set => set.Key != current.Key).Select(RevisionOf).DefaultIfEmpty(0).Max();
        var own = RevisionOf(current);
        var revision = (own > newest ? own : newest + 1).ToString(CultureInfo.InvariantCulture);
        foreach (var numbered in (ReadOnlySpan<StoredObject>)[current, item])
        {
            Tools.Change(numbered, document => document.Child("metadata").Child("annotations")[Revision] = revision);
        }
    }

    private static long RevisionOf(StoredObject set) =>
        long.TryParse(set.Document.Text("metadata", "annotations", Revision), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    private void Roll(StoredObject item, string currentKey)
    {
        var sets = Sets(item);
        var current = sets.Find(set => set.Key == currentKey)!;
        var old = sets.Where(set => set.Key != currentKey).OrderBy(RevisionOf).ToList();
        var replicas = item.Document.Number("spec", "replicas") ?? 1;
        if (item.Document.Text("spec", "strategy", "type") == "Recreate")
        {
            old.ForEach(set => Scale(item, set, 0));
            // All of them: those that still end, too.
            if (!old.Exists(set => Tools.OwnedBy(set, ResourceCatalog.Pods).Exists(pod => !PodState.IsSucceeded(pod) && !PodState.IsFailed(pod))))
            {
                Scale(item, current, replicas);
            }
            return;
        }
        var plan = RollingPlan.Of(
            replicas,
            RollingPlan.Amount(item.Document.At("spec", "strategy", "rollingUpdate", "maxSurge"), replicas, roundsUp: true),
            RollingPlan.Amount(item.Document.At("spec", "strategy", "rollingUpdate", "maxUnavailable"), replicas, roundsUp: false),
            Size(current),
            [.. old.Select(Size)]);
        Scale(item, current, plan.Current);
        for (var i = 0; i < old.Count; i++)
        {
            Scale(item, old[i], plan.Old[i]);
        }
    }

    private static SetSize Size(StoredObject set) =>
        new(set.Document.Number("spec", "replicas") ?? 0, set.Document.Number("status", "availableReplicas") ?? 0);

    private void ScaleWhilePaused(StoredObject item, List<StoredObject> sets)
    {
        // A version that is half rolled out keeps its part.
        var newest = sets.MaxBy(RevisionOf);
        if (newest is not null)
        {
            var others = sets.Where(set => set.Key != newest.Key).Sum(set => Size(set).Wanted);
            Scale(item, newest, Math.Max(0, (item.Document.Number("spec", "replicas") ?? 1) - others));
        }
    }

    private void Scale(StoredObject item, StoredObject set, long replicas)
    {
        var before = Size(set).Wanted;
        if (before == replicas)
        {
            return;
        }
        Tools.Change(set, document => document.Child("spec")["replicas"] = replicas);
        Tools.Tell(item, Component, "Normal", "ScalingReplicaSet", $"Scaled {(replicas > before ? "up" : "down")} replica set {set.Name} from {before} to {replicas}");
    }

    private void DropHistory(StoredObject item, string hash)
    {
        var kept = item.Document.Number("spec", "revisionHistoryLimit") ?? 10;
        var empty = Sets(item)
            .Where(set => set.Document.Text("metadata", "labels", TemplateHash.DeploymentLabel) != hash && Size(set).Wanted == 0 && (set.Document.Number("status", "replicas") ?? 0) == 0)
            .OrderBy(RevisionOf)
            .ToList();
        foreach (var set in empty.Take((int)Math.Max(0, empty.Count - kept)))
        {
            Tools.Delete(set);
        }
    }
}
