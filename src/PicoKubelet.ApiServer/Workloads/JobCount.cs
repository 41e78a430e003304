using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>How a Job's pods stand.</summary>
/// <param name="Active">Those that have not ended and are not to.</param>
/// <param name="Succeeded">How many ended well.</param>
/// <param name="Failed">How many did not.</param>
/// <param name="Pods">All of them.</param>
internal sealed record JobCount(List<StoredObject> Active, long Succeeded, long Failed, List<StoredObject> Pods)
{
    /// <summary>Writes the counts into the Job's status.</summary>
    public void Write(JsonObject status)
    {
        status["active"] = (long)Active.Count;
        status["ready"] = (long)Active.Count(PodState.IsReady);
        status["succeeded"] = Succeeded;
        status["failed"] = Failed;
    }

    /// <summary>When a failed pod may be followed by the next one, or null where none failed.</summary>
    /// <param name="first">The wait after the first failure; each further one doubles it.</param>
    /// <param name="longest">The longest wait.</param>
    public DateTimeOffset? NextTry(TimeSpan first, TimeSpan longest)
    {
        var last = Pods.Where(PodState.IsFailed).Select(EndOf).DefaultIfEmpty().Max();
        if (Failed == 0 || last is not { } end)
        {
            return null;
        }
        var wait = first * Math.Pow(2, Math.Min(Failed - 1, 10));
        return end + (wait > longest ? longest : wait);
    }

    private static DateTimeOffset? EndOf(StoredObject pod)
    {
        var ends = pod.Document.Items("status", "containerStatuses").Select(status => status.Text("state", "terminated", "finishedAt"));
        var end = ends.Max(StringComparer.Ordinal) ?? pod.Document.Text("metadata", "creationTimestamp");
        return end is null ? null : Times.ParseTime(end);
    }
}
