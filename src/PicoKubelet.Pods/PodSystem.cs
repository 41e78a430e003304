using System;
using PicoKubelet.Api;
using PicoKubelet.Api.Watch;
using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;
using PicoKubelet.Images;
using PicoKubelet.Kubelet;
using PicoKubelet.Network;
using PicoKubelet.Outputs;
using PicoKubelet.Pods;
using PicoKubelet.Pods.Endpoints;
using PicoKubelet.Programs;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Wiring;

namespace PicoKubelet;

/// <summary>All that runs pods, put together: the table, the watch that fills it, the loop that runs the programs, the duty that tells.</summary>
public sealed class PodSystem : IPodProvider
{
    // A list, and a watch of up to 280 s.
    private const int MaxWatchStep = 600 * 1000;

    // A step of each program, and its load from a slow storage.
    private const int LeaveTimeout = 5000;

    private ApiClient _watchClient;
    private PodKeeper _keeper;
    private Loop _workloads;

    /// <summary>Gets the pods, or null while there is no room for any.</summary>
    public PodTable Table { get; private set; }

    /// <summary>Gets the loop that follows the cluster's pods, for a simulation, which steps it as it steps <see cref="PodTable.Workloads"/>.</summary>
    public Loop Watch { get; private set; }

    /// <inheritdoc/>
    public bool HasPods => Table.Count > 0;

    /// <inheritdoc/>
    public bool Prepare(PodParts parts)
    {
        IBoard board = parts.Platform.Board;
        IClock clock = parts.Platform.Clock;
        PodLimits limits = new PodLimits(board.GetTotalHeap(), board.GetFreeHeap(), parts.Settings.MaxPods);
        if (limits.Pods == 0)
        {
            return false;
        }

        _watchClient = new ApiClient(parts.Connector, parts.Settings.ApiServer, parts.Settings.Token, clock, parts.RequestTimeout, 0);
        parts.Settings.PodResources = FindOffered(parts);
        ProgramContext context = new ProgramContext
        {
            Board = board,
            Clock = clock,
            Time = parts.Time,
            Outputs = parts.Outputs,
            Peripherals = parts.Platform.Peripherals,
            Wired = parts.Wired,
            Offered = parts.Settings.PodResources,
            Cells = parts.Cells,
            Configuration = parts.Configuration,
            Events = parts.Events,
            Random = parts.Random,
        };
        Table = new PodTable(limits, context, parts.Events, parts.Rejection) { Node = parts.Loop };
        PodWatch watched = new PodWatch(Table, parts.Node.Name);
        PodDuty duty = new PodDuty(Table, parts.Client, parts.Node.Name, parts.Controller.State, clock, parts.Log, parts.Random) { Watch = watched };
        parts.Controller.Add(duty);
        Watch = new Loop("pod watch", new ResourceWatcher(_watchClient, watched, clock, parts.Log, parts.Random), clock, parts.Log, parts.Random);
        _workloads = new Loop("workloads", new WorkloadLoop(Table, clock), clock, parts.Log, parts.Random);
        Table.Workloads = _workloads;
        context.Workloads = _workloads;
        IStorage storage = parts.Platform.Storage;
        long storageBytes = storage.GetTotalBytes();
        storageBytes = storageBytes > 0 ? storageBytes : parts.Profile.StorageBytes;
        Table.Programs = new ProgramStore(storage, storageBytes, Table, parts.Log);

        // Without the node's certificate: a registry is not to see it.
        SocketConnector registries = new SocketConnector(parts.Platform.Sockets, parts.Settings.RegistryCa ?? parts.Settings.Ca, clock);
        Table.Registries = new RegistryAccess(registries, clock, parts.Settings.InsecureRegistries);
        parts.Node.OfferPods(limits.Pods, limits.MemoryBytes, context.Offered);
        parts.Log.Info("room for pods", "pods", limits.Pods.ToString(), "memory", (limits.MemoryBytes / 1024).ToString() + "Ki");

        // Once the table has all that it needs: what ran before a power cut runs again.
        _keeper = new PodKeeper(Table, storage, storageBytes, clock, parts.Log);
        duty.Keeper = _keeper;
        duty.LoadStatic(storage);
        _keeper.Restore();
        return true;
    }

    /// <summary>Finds what of the settings' resources the board has: the others could never be had by a pod.</summary>
    private static ExtendedResources FindOffered(PodParts parts)
    {
        ExtendedResources wanted = parts.Settings.PodResources;
        if (wanted == null)
        {
            return null;
        }

        ExtendedResources offered = new ExtendedResources();
        for (int i = 0; i < ExtendedResources.End; i++)
        {
            if (!wanted.Has(i))
            {
                continue;
            }

            ulong pins = PinsOf(i, parts.Platform.Peripherals);
            if (pins == 0 || !parts.Outputs.Pins.AreFree(pins))
            {
                parts.Log.Warn("not offered to pods: this board does not have it", "resource", ExtendedResources.NameOf(i));
            }
            else
            {
                offered.Add(i);
            }
        }

        return offered;
    }

    /// <returns>The pins that a resource takes, a bit each.</returns>
    private static ulong PinsOf(int resource, IPeripherals peripherals)
    {
        if (resource < ExtendedResources.Analog)
        {
            return 1UL << resource;
        }

        if (peripherals == null)
        {
            return 0;
        }

        if (resource >= ExtendedResources.I2c)
        {
            return peripherals.I2cPins(I2cSpec.FirstBus);
        }

        int pin = peripherals.AnalogPin(resource - ExtendedResources.Analog);
        return pin < 0 ? 0 : 1UL << pin;
    }

    /// <inheritdoc/>
    public void Supervise(Supervisor supervisor)
    {
        supervisor.Watch(_workloads);
        supervisor.Watch(Watch, MaxWatchStep);
    }

    /// <inheritdoc/>
    public void Start()
    {
        _workloads.Start();
        Watch.Start();
    }

    /// <inheritdoc/>
    public void Leave()
    {
        if (_workloads.Stop(LeaveTimeout))
        {
            _keeper.KeepPrograms();
        }
    }

    /// <inheritdoc/>
    public void Stop(int timeoutMilliseconds)
    {
        _workloads.Stop(timeoutMilliseconds);
        Watch.Stop(timeoutMilliseconds);
        _watchClient.Close();
    }

    /// <inheritdoc/>
    public void WriteList(ServerAnswer answer, string nodeName, string address)
    {
        int index = 0;
        Pod pod;
        while ((pod = Table.Next(ref index)) != null)
        {
            // One after the other: whoever reads slowly holds up nobody.
            PodDocument.WritePod(answer, pod, nodeName, address);
        }
    }

    /// <inheritdoc/>
    public void WriteSummary(ServerAnswer answer, DateTime now)
    {
        int index = 0;
        Pod pod;
        while ((pod = Table.Next(ref index)) != null)
        {
            if (PodMetrics.IsRunning(pod))
            {
                PodSummary.WritePod(answer, pod, now);
            }
        }
    }

    /// <inheritdoc/>
    public void WriteContainers(MetricsWriter metrics)
    {
        PodMetrics.WriteContainers(metrics, Table);
    }

    /// <inheritdoc/>
    public void WriteReports(MetricsWriter metrics)
    {
        PodMetrics.WriteReports(metrics, Table);
    }

    /// <inheritdoc/>
    public void WriteSums(MetricsWriter metrics)
    {
        PodMetrics.WritePods(metrics, Table);
    }

    /// <inheritdoc/>
    public void AnswerLogs(ServerRequest request, ServerAnswer answer)
    {
        ContainerLogs.Answer(Table, request, answer);
    }
}
