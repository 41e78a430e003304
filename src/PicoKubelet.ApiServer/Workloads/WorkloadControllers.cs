using PicoKubelet.ApiServer.Lifecycle;
using PicoKubelet.ApiServer.Scheduling;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>What makes pods of Deployments, ReplicaSets, DaemonSets and Jobs, and gives them to nodes.</summary>
internal sealed class WorkloadControllers
{
    private readonly Lock _lock = new();
    private readonly WorkloadController[] _controllers;
    private readonly Scheduler _scheduler;

    public WorkloadControllers(ObjectStore store, TimeProvider time, EventRecorder events)
    {
        var tools = new WorkloadTools(store, time, events);
        _controllers = [new DeploymentController(tools), new ReplicaSetController(tools), new DaemonSetController(tools), new JobController(tools)];
        _scheduler = new Scheduler(store, time, events);
    }

    /// <summary>Notes what a change concerns.</summary>
    public void OnChange(StoreEvent change)
    {
        lock (_lock)
        {
            foreach (var controller in _controllers)
            {
                controller.OnChange(change);
            }
            _scheduler.OnChange(change);
        }
    }

    /// <summary>Sees to what changed.</summary>
    public void Reconcile()
    {
        lock (_lock)
        {
            foreach (var controller in _controllers)
            {
                controller.Reconcile();
            }
            _scheduler.Run();
        }
    }

    /// <summary>Sees to what is due by now.</summary>
    public void Tick()
    {
        lock (_lock)
        {
            foreach (var controller in _controllers)
            {
                controller.Tick();
            }
        }
        Reconcile();
    }
}
