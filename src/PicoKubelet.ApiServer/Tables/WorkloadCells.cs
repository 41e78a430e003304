using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Selectors;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Tables;

/// <summary>The rows of what makes pods. Source: pkg/printers/internalversion/printers.go.</summary>
internal static class WorkloadCells
{
    private const string None = "<none>";

    public static JsonArray Deployment(StoredObject item, string age) =>
    [
        item.Name,
        $"{Status(item, "readyReplicas")}/{item.Document.Number("spec", "replicas") ?? 0}",
        Status(item, "updatedReplicas"),
        Status(item, "availableReplicas"),
        age,
        .. Template(item),
    ];

    public static JsonArray ReplicaSet(StoredObject item, string age) =>
    [
        item.Name,
        item.Document.Number("spec", "replicas") ?? 0,
        Status(item, "replicas"),
        Status(item, "readyReplicas"),
        age,
        .. Template(item),
    ];

    public static JsonArray DaemonSet(StoredObject item, string age) =>
    [
        item.Name,
        Status(item, "desiredNumberScheduled"),
        Status(item, "currentNumberScheduled"),
        Status(item, "numberReady"),
        Status(item, "updatedNumberScheduled"),
        Status(item, "numberAvailable"),
        NodeSelector(item),
        age,
        .. Template(item),
    ];

    public static JsonArray Job(StoredObject item, string age, DateTimeOffset now) =>
    [
        item.Name,
        JobStatus(item.Document),
        JobCompletions(item),
        JobDuration(item.Document, now),
        age,
        .. Template(item),
    ];

    private static long Status(StoredObject item, string field) => item.Document.Number("status", field) ?? 0;

    private static string NodeSelector(StoredObject item)
    {
        var labels = item.Document.At("spec", "template", "spec", "nodeSelector") as JsonObject ?? [];
        return labels.Count == 0 ? None : string.Join(',', labels.Select(entry => $"{entry.Key}={entry.Value}"));
    }

    private static string JobStatus(JsonObject job)
    {
        foreach (var (condition, word) in (ReadOnlySpan<(string, string)>)[("Complete", "Complete"), ("Failed", "Failed")])
        {
            if (PodConditions.Find(job, condition).Text("status") == "True")
            {
                return word;
            }
        }
        return Removal.HasBegun(job) ? "Terminating" : PodConditions.Find(job, "Suspended").Text("status") == "True" ? "Suspended" : "Running";
    }

    private static string JobCompletions(StoredObject item)
    {
        var done = Status(item, "succeeded");
        if (item.Document.Number("spec", "completions") is { } wanted)
        {
            return $"{done}/{wanted}";
        }
        var parallelism = item.Document.Number("spec", "parallelism") ?? 0;
        return parallelism > 1 ? $"{done}/1 of {parallelism}" : $"{done}/1";
    }

    private static string JobDuration(JsonObject job, DateTimeOffset now)
    {
        if (job.Text("status", "startTime") is not { } start)
        {
            return "";
        }
        var end = job.Text("status", "completionTime") ?? PodConditions.Find(job, "Failed").Text("lastTransitionTime");
        return HumanDuration.Format((end is null ? now : Times.ParseTime(end)) - Times.ParseTime(start));
    }

    private static IEnumerable<JsonNode> Template(StoredObject item)
    {
        var containers = item.Document.Items("spec", "template", "spec", "containers").ToList();
        yield return string.Join(',', containers.Select(container => container.Text("name")));
        yield return string.Join(',', containers.Select(container => container.Text("image")));
        yield return LabelSelectorText.Of(item.Document.At("spec", "selector")) is { Length: > 0 } selector ? selector : None;
    }
}
