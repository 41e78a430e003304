using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>What the real server fills into the objects that make pods. Source: pkg/apis/apps/v1 and batch/v1, defaults.go.</summary>
internal static class WorkloadDefaults
{
    /// <summary>Fills in what an object leaves open.</summary>
    public static void Set(string kind, JsonObject document)
    {
        if (document["spec"] is not JsonObject spec)
        {
            return;
        }
        switch (kind)
        {
            case "Pod":
                PodDefaults.SetPod(spec);
                return;
            case "Deployment":
                SetDeployment(spec);
                break;
            case "DaemonSet":
                spec["revisionHistoryLimit"] ??= 10L;
                SetStrategy(spec.Child("updateStrategy"), 1L, 0L);
                break;
            case "ReplicaSet":
                spec["replicas"] ??= 1L;
                break;
            case "Job":
                SetJob(document, spec);
                break;
            default:
                return;
        }
        if (spec.At("template", "spec") is JsonObject template)
        {
            PodDefaults.SetTemplate(template);
        }
    }

    /// <summary>Lets a new Job tell its pods from others by its uid. Source: pkg/registry/batch/job/strategy.go.</summary>
    public static void SetJobSelector(JsonObject job)
    {
        if (job["spec"] is not JsonObject spec || spec.IsTrue("manualSelector"))
        {
            return;
        }
        var uid = job.Text("metadata", "uid");
        var name = job.Text("metadata", "name");
        var labels = spec.Child("template").Child("metadata").Child("labels");
        foreach (var prefix in (ReadOnlySpan<string>)["", "batch.kubernetes.io/"])
        {
            labels[prefix + "controller-uid"] = uid;
            labels[prefix + "job-name"] = name;
        }
        spec.Child("selector").Child("matchLabels")["batch.kubernetes.io/controller-uid"] = uid;
    }

    private static void SetDeployment(JsonObject spec)
    {
        spec["replicas"] ??= 1L;
        spec["revisionHistoryLimit"] ??= 10L;
        spec["progressDeadlineSeconds"] ??= 600L;
        SetStrategy(spec.Child("strategy"), "25%", "25%");
    }

    private static void SetStrategy(JsonObject strategy, JsonNode maxUnavailable, JsonNode maxSurge)
    {
        strategy["type"] ??= "RollingUpdate";
        if (strategy.Text("type") == "RollingUpdate")
        {
            var rolling = strategy.Child("rollingUpdate");
            rolling["maxUnavailable"] ??= maxUnavailable;
            rolling["maxSurge"] ??= maxSurge;
        }
    }

    private static void SetJob(JsonObject document, JsonObject spec)
    {
        if (spec["completions"] is null && spec["parallelism"] is null)
        {
            spec["completions"] = 1L;
        }
        spec["parallelism"] ??= 1L;
        spec["backoffLimit"] ??= 6L;
        spec["completionMode"] ??= "NonIndexed";
        spec["suspend"] ??= false;
        spec["podReplacementPolicy"] ??= "TerminatingOrFailed";
        if (document.At("metadata", "labels") is null && spec.At("template", "metadata", "labels") is { } labels)
        {
            document.Child("metadata")["labels"] = labels.DeepClone();
        }
    }
}
