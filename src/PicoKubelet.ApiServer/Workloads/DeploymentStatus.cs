using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>What a Deployment says of itself. Source: pkg/controller/deployment/sync.go and progress.go.</summary>
internal static class DeploymentStatus
{
    private const string Progressing = "Progressing";
    private const string TimedOut = "ProgressDeadlineExceeded";

    /// <summary>Writes the status.</summary>
    /// <param name="tools">What it is written with.</param>
    /// <param name="item">The Deployment.</param>
    /// <param name="sets">Its ReplicaSets.</param>
    /// <param name="hash">The hash of its template.</param>
    public static void Report(WorkloadTools tools, StoredObject item, List<StoredObject> sets, string hash)
    {
        var current = sets.Find(set => set.Document.Text("metadata", "labels", TemplateHash.DeploymentLabel) == hash);
        var replicas = item.Document.Number("spec", "replicas") ?? 1;
        var total = Sum(sets, "replicas");
        var available = Sum(sets, "availableReplicas");
        var updated = current is null ? 0 : Sum([current], "replicas");
        tools.Change(item, document =>
        {
            var before = (JsonObject?)document["status"]?.DeepClone() ?? [];
            var status = document.Child("status");
            status["observedGeneration"] = item.Document.Number("metadata", "generation") ?? 0;
            status["replicas"] = total;
            status["updatedReplicas"] = updated;
            status["readyReplicas"] = Sum(sets, "readyReplicas");
            status["availableReplicas"] = available;
            status["unavailableReplicas"] = Math.Max(0, replicas - available);
            var least = replicas - RollingPlan.Amount(document.At("spec", "strategy", "rollingUpdate", "maxUnavailable"), replicas, roundsUp: false);
            if (available >= least)
            {
                Set(document, "Available", "True", tools.Now, "MinimumReplicasAvailable", "Deployment has minimum availability.");
            }
            else
            {
                Set(document, "Available", "False", tools.Now, "MinimumReplicasUnavailable", "Deployment does not have minimum availability.");
            }
            if (current is not null && !document.IsTrue("spec", "paused"))
            {
                SetProgress(document, current.Name, before, updated >= replicas && available >= replicas && total == updated, tools.Now);
            }
        });
    }

    /// <summary>When a rollout that makes no progress will have failed, or null.</summary>
    public static DateTimeOffset? Deadline(StoredObject item)
    {
        var condition = PodConditions.Find(item.Document, Progressing);
        return condition is null || condition.Text("reason") is "NewReplicaSetAvailable" or TimedOut ? null : Began(condition) + Limit(item.Document);
    }

    private static void SetProgress(JsonObject document, string set, JsonObject before, bool isDone, DateTimeOffset now)
    {
        var condition = PodConditions.Find(document, Progressing);
        if (isDone)
        {
            Set(document, Progressing, "True", now, "NewReplicaSetAvailable", $"ReplicaSet \"{set}\" has successfully progressed.");
        }
        else if (condition is null || HasMoved(before, (JsonObject)document["status"]!) || condition.Text("reason") == "NewReplicaSetAvailable")
        {
            Set(document, Progressing, "True", now, "ReplicaSetUpdated", $"ReplicaSet \"{set}\" is progressing.")["lastUpdateTime"] = Times.Format(now);
        }
        else if (now >= Began(condition) + Limit(document))
        {
            Set(document, Progressing, "False", now, TimedOut, $"ReplicaSet \"{set}\" has timed out progressing.");
        }
    }

    private static bool HasMoved(JsonObject before, JsonObject after) =>
        (after.Number("updatedReplicas") ?? 0) > (before.Number("updatedReplicas") ?? 0)
        || (after.Number("readyReplicas") ?? 0) > (before.Number("readyReplicas") ?? 0)
        || (after.Number("availableReplicas") ?? 0) > (before.Number("availableReplicas") ?? 0)
        || (after.Number("observedGeneration") ?? 0) > (before.Number("observedGeneration") ?? 0);

    private static DateTimeOffset Began(JsonObject condition) => Times.ParseTime(condition.Text("lastUpdateTime")!);

    private static TimeSpan Limit(JsonObject document) => TimeSpan.FromSeconds(document.Number("spec", "progressDeadlineSeconds") ?? 600);

    private static JsonObject Set(JsonObject document, string type, string status, DateTimeOffset now, string reason, string message)
    {
        var isOther = PodConditions.Find(document, type) is not { } old || old.Text("status") != status || old.Text("reason") != reason;
        var condition = PodConditions.Set(document, type, status, now, reason, message);
        if (isOther)
        {
            condition["lastUpdateTime"] = Times.Format(now);
        }
        return condition;
    }

    private static long Sum(List<StoredObject> sets, string field) => sets.Sum(set => set.Document.Number("status", field) ?? 0);
}
