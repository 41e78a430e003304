using System.Threading.Channels;
using PicoKubelet.ApiServer.Storage;
using PicoKubelet.ApiServer.Workloads;

namespace PicoKubelet.ApiServer.Lifecycle;

/// <summary>
/// The controller manager and the scheduler, as much as boards need of them. One loop follows the changes of the store; others
/// look at the nodes, and at what is due by now.
/// </summary>
internal sealed class Controllers : IAsyncDisposable
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    private readonly ApiServerOptions _options;
    private readonly Channel<StoreEvent> _changes = Channel.CreateUnbounded<StoreEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly NodeTaints _taints;
    private readonly NodeMonitor _monitor;
    private readonly GarbageCollector _garbage;
    private readonly NamespaceContent _namespaces;
    private readonly RootAuthority _rootAuthority;
    private readonly EventRecorder _events;
    private readonly NodePods _nodePods;
    private readonly WorkloadControllers _workloads;
    private Task _loops = Task.CompletedTask;

    public Controllers(ObjectStore store, ApiServerOptions options, string? caPem)
    {
        _options = options;
        _events = new EventRecorder(store, options.Time);
        _taints = new NodeTaints(store, options.Time);
        _nodePods = new NodePods(store, options.Time, _events);
        _monitor = new NodeMonitor(store, options, _events, _nodePods);
        _workloads = new WorkloadControllers(store, options.Time, _events);
        _garbage = new GarbageCollector(store);
        _namespaces = new NamespaceContent(store);
        _namespaces.CreateBuiltIn();
        _rootAuthority = new RootAuthority(store, caPem);
        _rootAuthority.PublishToAll();
        store.Changed += change => _changes.Writer.TryWrite(change);
    }

    public void Start() => _loops = Task.WhenAll(Task.Run(FollowAsync), Task.Run(MonitorAsync), Task.Run(TickAsync));

    public void LookAtNodes() => Look();

    /// <summary>Does what the loops do, once and on the calling thread, for a clock that the caller moves; they are not started then.</summary>
    /// <param name="looks">Whether a look at all nodes is due.</param>
    public void CatchUp(bool looks)
    {
        if (looks)
        {
            Look();
            _workloads.Tick();
        }
        while (_changes.Reader.TryRead(out var change))
        {
            OnChange(change);
            if (!_changes.Reader.TryPeek(out _))
            {
                _workloads.Reconcile();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _loops;
        }
        catch (OperationCanceledException)
        {
            // All loops end so.
        }
        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        await foreach (var change in _changes.Reader.ReadAllAsync(_stop.Token))
        {
            OnChange(change);
            // What came together is seen to together.
            if (!_changes.Reader.TryPeek(out _))
            {
                _workloads.Reconcile();
            }
        }
    }

    private void OnChange(StoreEvent change)
    {
        _taints.OnChange(change);
        _garbage.OnChange(change);
        _namespaces.OnChange(change);
        _rootAuthority.OnChange(change);
        _monitor.OnChange(change);
        _workloads.OnChange(change);
    }

    private void Look()
    {
        _monitor.LookAtAll();
        _events.DropOld();
        _nodePods.LookAtAll();
    }

    private async Task MonitorAsync()
    {
        using var timer = new PeriodicTimer(_options.NodeMonitorPeriod, _options.Time);
        do
        {
            Look();
        }
        while (await timer.WaitForNextTickAsync(_stop.Token));
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(TickPeriod, _options.Time);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            _workloads.Tick();
        }
    }
}
