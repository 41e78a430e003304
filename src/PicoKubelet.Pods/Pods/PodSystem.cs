using PicoKubelet.Api;
using PicoKubelet.Api.Watch;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Node;
using PicoKubelet.Node.Duties;
using PicoKubelet.Programs;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;

namespace PicoKubelet.Pods;

/// <summary>All that runs pods, put together: the table, the watch that fills it, the loop that runs the programs, the duty that tells.</summary>
public sealed class PodSystem
{
    // A list, and a watch of up to 280 s.
    private const int MaxWatchStep = 600 * 1000;

    private readonly ApiClient _watchClient;
    private readonly Loop _watch;
    private readonly Loop _workloads;

    /// <summary>Puts it together; nothing runs yet. The Node offers from now on what there is.</summary>
    /// <param name="limits">How much of the board pods may take.</param>
    /// <param name="settings">The device's settings.</param>
    /// <param name="node">The Node's description.</param>
    /// <param name="controller">The Node's controller, which gets a duty more.</param>
    /// <param name="nodeLoop">The controller's loop.</param>
    /// <param name="client">The client of that loop.</param>
    /// <param name="watchClient">A client for the watch alone.</param>
    /// <param name="events">Tells what happens to pods.</param>
    /// <param name="rejection">Tells the API server of pods that do not run here.</param>
    /// <param name="context">What programs can reach.</param>
    /// <param name="log">The log.</param>
    public PodSystem(PodLimits limits, DeviceSettings settings, NodeDescription node, NodeController controller, Loop nodeLoop, ApiClient client, ApiClient watchClient, EventRecorder events,
        PodRejection rejection, ProgramContext context, Logger log)
    {
        _watchClient = watchClient;
        Table = new PodTable(limits, context, events, rejection) { Node = nodeLoop };
        PodWatch watched = new PodWatch(Table, node.Name);
        controller.Add(new PodDuty(Table, client, node.Name, controller.State, context.Clock, log, context.Random) { Watch = watched });
        _watch = new Loop("pod watch", new ResourceWatcher(watchClient, watched, context.Clock, log, context.Random), context.Clock, log, context.Random);
        _workloads = new Loop("workloads", new WorkloadLoop(Table, context.Clock), context.Clock, log, context.Random);
        Table.Workloads = _workloads;
        node.OfferPods(limits.Pods, limits.MemoryBytes, settings.PodPins);
        log.Info("room for pods", "pods", limits.Pods.ToString(), "memory", (limits.MemoryBytes / 1024).ToString() + "Ki");
    }

    /// <summary>Gets the pods.</summary>
    public PodTable Table { get; }

    /// <summary>Has its loops watched.</summary>
    /// <param name="supervisor">What watches.</param>
    public void Supervise(Supervisor supervisor)
    {
        supervisor.Watch(_workloads);
        supervisor.Watch(_watch, MaxWatchStep);
    }

    /// <summary>Starts its threads.</summary>
    public void Start()
    {
        _workloads.Start();
        _watch.Start();
    }

    /// <summary>Ends its threads. For the PC.</summary>
    /// <param name="timeoutMilliseconds">How long to wait for each.</param>
    public void Stop(int timeoutMilliseconds)
    {
        _workloads.Stop(timeoutMilliseconds);
        _watch.Stop(timeoutMilliseconds);
        _watchClient.Close();
    }
}
