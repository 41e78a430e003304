using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>What controllers ask about a pod. Source: pkg/api/v1/pod and pkg/controller/controller_utils.go.</summary>
internal static class PodState
{
    /// <summary>Whether it has ended well.</summary>
    public static bool IsSucceeded(StoredObject pod) => pod.Document.Text("status", "phase") == "Succeeded";

    /// <summary>Whether it has ended badly.</summary>
    public static bool IsFailed(StoredObject pod) => pod.Document.Text("status", "phase") == "Failed";

    /// <summary>Whether it has not ended and is not to.</summary>
    public static bool IsActive(StoredObject pod) => !IsSucceeded(pod) && !IsFailed(pod) && !Removal.HasBegun(pod.Document);

    /// <summary>Whether it is ready.</summary>
    public static bool IsReady(StoredObject pod) => PodConditions.Find(pod.Document, "Ready").Text("status") == "True";

    /// <summary>When it will have been ready for that long, or null while it is not ready.</summary>
    public static DateTimeOffset? AvailableAt(StoredObject pod, long minReadySeconds)
    {
        if (!IsReady(pod))
        {
            return null;
        }
        var since = PodConditions.Find(pod.Document, "Ready").Text("lastTransitionTime");
        return since is null ? DateTimeOffset.MinValue : Times.ParseTime(since).AddSeconds(minReadySeconds);
    }

    /// <summary>Orders pods so that those come first that are missed least: without a node, not running, not ready, young.</summary>
    public static IEnumerable<StoredObject> LeastMissedFirst(IEnumerable<StoredObject> pods) => pods
        .OrderBy(pod => string.IsNullOrEmpty(pod.Document.Text("spec", "nodeName")) ? 0 : 1)
        .ThenBy(pod => pod.Document.Text("status", "phase") == "Running" ? 1 : 0)
        .ThenBy(pod => IsReady(pod) ? 1 : 0)
        .ThenByDescending(pod => pod.Document.Text("metadata", "creationTimestamp"), StringComparer.Ordinal)
        .ThenByDescending(pod => pod.ResourceVersion);
}
