using System.Globalization;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Tables;

/// <summary>A pod's row. Source: printPod of pkg/printers/internalversion/printers.go.</summary>
internal static class PodCells
{
    private const string None = "<none>";

    public static JsonArray Of(StoredObject pod, string age, DateTimeOffset now)
    {
        var statuses = pod.Document.Items("status", "containerStatuses").ToList();
        return
        [
            pod.Name,
            $"{statuses.Count(IsReady)}/{pod.Document.Items("spec", "containers").Count()}",
            Status(pod.Document, statuses),
            Restarts(statuses, now),
            age,
            pod.Document.Text("status", "podIP") ?? None,
            pod.Document.Text("spec", "nodeName") ?? None,
            pod.Document.Text("status", "nominatedNodeName") ?? None,
            None,
        ];
    }

    private static bool IsReady(JsonObject status) => status.IsTrue("ready") && status.At("state", "running") is not null;

    private static string Status(JsonObject pod, List<JsonObject> statuses)
    {
        var phase = pod.Text("status", "phase") ?? "";
        var reason = pod.Text("status", "reason") ?? phase;
        // The first container that has something to say is heard last.
        for (var i = statuses.Count - 1; i >= 0; i--)
        {
            reason = Reason(statuses[i].At("state")) ?? reason;
        }
        if (reason == "Completed" && statuses.Exists(IsReady))
        {
            reason = PodConditions.Find(pod, "Ready").Text("status") == "True" ? "Running" : "NotReady";
        }
        if (!Removal.HasBegun(pod))
        {
            return reason;
        }
        return pod.Text("status", "reason") == "NodeLost" ? "Unknown" : phase is "Succeeded" or "Failed" ? reason : "Terminating";
    }

    private static string? Reason(JsonNode? state)
    {
        if (state.Text("waiting", "reason") is { Length: > 0 } waiting)
        {
            return waiting;
        }
        if (state.At("terminated") is not { } terminated)
        {
            return null;
        }
        return terminated.Text("reason") is { Length: > 0 } reason
            ? reason
            : terminated.Number("signal") is > 0 and var signal ? $"Signal:{signal}" : $"ExitCode:{terminated.Number("exitCode")}";
    }

    private static string Restarts(List<JsonObject> statuses, DateTimeOffset now)
    {
        var count = statuses.Sum(status => status.Number("restartCount") ?? 0).ToString(CultureInfo.InvariantCulture);
        var last = statuses.Select(status => status.Text("lastState", "terminated", "finishedAt")).Max(StringComparer.Ordinal);
        return count == "0" || last is null ? count : $"{count} ({HumanDuration.Since(last, now)} ago)";
    }
}
