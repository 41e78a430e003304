using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>What a DaemonSet says of itself. Source: updateDaemonSetStatus of pkg/controller/daemon.</summary>
internal static class DaemonSetStatus
{
    /// <summary>Writes the status.</summary>
    /// <param name="tools">What it is written with.</param>
    /// <param name="item">The DaemonSet.</param>
    /// <param name="wanted">The nodes that it is to run on.</param>
    /// <param name="byNode">Its pods by their node.</param>
    /// <param name="hash">The hash of its template.</param>
    public static void Report(WorkloadTools tools, StoredObject item, List<StoredObject> wanted, ILookup<string, StoredObject> byNode, string hash)
    {
        var minReady = item.Document.Number("spec", "minReadySeconds") ?? 0;
        var pods = wanted.Select(node => byNode[node.Name].Where(PodState.IsActive).FirstOrDefault()).OfType<StoredObject>().ToList();
        var available = pods.Count(pod => PodState.AvailableAt(pod, minReady) <= tools.Now);
        var misplaced = byNode.Count(group => group.Any(PodState.IsActive) && !wanted.Exists(node => node.Name == group.Key));
        tools.Change(item, document =>
        {
            var status = document.Child("status");
            status["currentNumberScheduled"] = (long)pods.Count;
            status["numberMisscheduled"] = (long)misplaced;
            status["desiredNumberScheduled"] = (long)wanted.Count;
            status["numberReady"] = (long)pods.Count(PodState.IsReady);
            status["observedGeneration"] = item.Document.Number("metadata", "generation") ?? 0;
            status["updatedNumberScheduled"] = (long)pods.Count(pod => pod.Document.Text("metadata", "labels", TemplateHash.DaemonSetLabel) == hash);
            status["numberAvailable"] = (long)available;
            status["numberUnavailable"] = (long)(wanted.Count - available);
        });
    }
}
