using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>Keeps as many pods as a ReplicaSet asks for. Source: pkg/controller/replicaset.</summary>
internal sealed class ReplicaSetController(WorkloadTools tools) : WorkloadController(tools, ResourceCatalog.ReplicaSets, ResourceCatalog.Pods)
{
    private const string Component = "replicaset-controller";

    // So that a mistake does not fill the memory at once.
    private const int MostAtOnce = 500;

    /// <inheritdoc />
    protected override void Sync(StoredObject item)
    {
        var active = Tools.OwnedBy(item, ResourceCatalog.Pods).Where(PodState.IsActive).ToList();
        var missing = (item.Document.Number("spec", "replicas") ?? 1) - active.Count;
        CreatePods(item, Math.Min(missing, MostAtOnce), () => Tools.CreatePod(item, Component, []));
        foreach (var pod in PodState.LeastMissedFirst(active).Take((int)Math.Max(0, -missing)))
        {
            Tools.DeletePod(item, Component, pod);
        }
        Report(item, Refusal(item));
    }

    private void Report(StoredObject item, string? failure)
    {
        var active = Tools.OwnedBy(item, ResourceCatalog.Pods).Where(PodState.IsActive).ToList();
        var minReady = item.Document.Number("spec", "minReadySeconds") ?? 0;
        var available = 0L;
        foreach (var at in active.Select(pod => PodState.AvailableAt(pod, minReady)))
        {
            if (at <= Tools.Now)
            {
                available++;
            }
            else if (at is { } soon)
            {
                Again(item, soon);
            }
        }
        Tools.Change(item, document =>
        {
            var status = document.Child("status");
            status["replicas"] = (long)active.Count;
            status["fullyLabeledReplicas"] = (long)active.Count;
            status["readyReplicas"] = (long)active.Count(PodState.IsReady);
            status["availableReplicas"] = available;
            status["observedGeneration"] = item.Document.Number("metadata", "generation") ?? 0;
            if (failure is null)
            {
                status.Remove("conditions");
            }
            else
            {
                PodConditions.Set(document, "ReplicaFailure", "True", Tools.Now, "FailedCreate", failure);
            }
        });
    }
}
