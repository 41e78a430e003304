using System.Threading.Channels;

namespace PicoKubelet.ApiServer.Storage;

/// <summary>Receives changes in order. One that falls too far behind is ended, as the real server ends slow watches.</summary>
internal sealed class Subscription(Action<Subscription> remove) : IDisposable
{
    private const int Capacity = 8192;

    private readonly Channel<StoreEvent> _events =
        Channel.CreateBounded<StoreEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>The changes; it completes when the subscription ends.</summary>
    public ChannelReader<StoreEvent> Events => _events.Reader;

    /// <inheritdoc />
    public void Dispose()
    {
        remove(this);
        _events.Writer.TryComplete();
    }

    internal void Offer(StoreEvent change)
    {
        if (!_events.Writer.TryWrite(change))
        {
            _events.Writer.TryComplete();
        }
    }
}
