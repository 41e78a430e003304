using System.Text.Json.Nodes;

namespace PicoKubelet.Bench.Workloads;

/// <summary>What tells whether a pod was started anew, as the API server has it.</summary>
/// <param name="Uid">The pod's uid.</param>
/// <param name="StartTime">When the board took it.</param>
/// <param name="StartedAt">When its container was started, or null where it does not run.</param>
/// <param name="Restarts">How often its container was started again.</param>
/// <param name="IsReady">Whether it is Ready.</param>
internal sealed record PodFacts(string? Uid, string? StartTime, string? StartedAt, int Restarts, bool IsReady)
{
    /// <summary>Reads them.</summary>
    /// <param name="pod">The pod, or null where there is none.</param>
    public static PodFacts Of(JsonNode? pod)
    {
        JsonNode? container = pod?["status"]?["containerStatuses"]?[0];
        return new PodFacts(
            (string?)pod?["metadata"]?["uid"],
            (string?)pod?["status"]?["startTime"],
            (string?)container?["state"]?["running"]?["startedAt"],
            (int?)container?["restartCount"] ?? 0,
            pod?["status"]?["conditions"]?.AsArray().Any(condition => (string?)condition!["type"] == "Ready" && (string?)condition["status"] == "True") ?? false);
    }

    /// <summary>Gets the phase of a pod.</summary>
    public static string PhaseOf(JsonNode? pod) => (string?)pod?["status"]?["phase"] ?? "none";

    /// <summary>Gets why a pod is as it is, in a word.</summary>
    public static string ReasonOf(JsonNode? pod)
    {
        JsonNode? state = pod?["status"]?["containerStatuses"]?[0]?["state"];
        return (string?)(state?["waiting"] ?? state?["terminated"])?["reason"] ?? (string?)pod?["status"]?["reason"] ?? PhaseOf(pod);
    }
}
