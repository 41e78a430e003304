using System.Threading.Channels;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Lifecycle;

/// <summary>
/// The part of a controller manager that nodes need. One loop follows the changes of the store, another one looks at the
/// nodes periodically.
/// </summary>
internal sealed class Controllers : IAsyncDisposable
{
    private readonly ObjectStore _store;
    private readonly ApiServerOptions _options;
    private readonly Channel<StoreEvent> _changes = Channel.CreateUnbounded<StoreEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly NodeTaints _taints;
    private readonly NodeMonitor _monitor;
    private readonly GarbageCollector _garbage;
    private readonly NamespaceContent _namespaces;
    private readonly EventRecorder _events;
    private Task _loops = Task.CompletedTask;

    public Controllers(ObjectStore store, ApiServerOptions options)
    {
        _store = store;
        _options = options;
        _events = new EventRecorder(store, options.Time);
        _taints = new NodeTaints(store, options.Time);
        _monitor = new NodeMonitor(store, options, _events);
        _garbage = new GarbageCollector(store);
        _namespaces = new NamespaceContent(store);
        _namespaces.CreateBuiltIn();
        store.Changed += change => _changes.Writer.TryWrite(change);
    }

    public void Start() => _loops = Task.WhenAll(Task.Run(FollowAsync), Task.Run(MonitorAsync));

    public void LookAtNodes() => _monitor.LookAtAll();

    /// <summary>Does what the loops do, once and on the calling thread, for a clock that the caller moves; they are not started then.</summary>
    /// <param name="looks">Whether a look at all nodes is due.</param>
    public void CatchUp(bool looks)
    {
        if (looks)
        {
            _monitor.LookAtAll();
            _events.DropOld();
        }
        while (_changes.Reader.TryRead(out var change))
        {
            OnChange(change);
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
            // Both loops end so.
        }
        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        await foreach (var change in _changes.Reader.ReadAllAsync(_stop.Token))
        {
            OnChange(change);
        }
    }

    private void OnChange(StoreEvent change)
    {
        _taints.OnChange(change);
        _garbage.OnChange(change);
        _namespaces.OnChange(change);
        _monitor.OnChange(change);
    }

    private async Task MonitorAsync()
    {
        using var timer = new PeriodicTimer(_options.NodeMonitorPeriod, _options.Time);
        do
        {
            _monitor.LookAtAll();
            _events.DropOld();
        }
        while (await timer.WaitForNextTickAsync(_stop.Token));
    }
}
