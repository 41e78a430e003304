namespace PicoKubelet.ApiServer.Storage;

/// <summary>The objects of one resource, what happened to them lately, and who watches. Guarded by the store's lock.</summary>
internal sealed class Collection(long firstResourceVersion)
{
    // Enough for a client that comes back after a minute of a thousand nodes' heartbeats.
    private const int HistoryCapacity = 8192;

    private readonly Queue<StoreEvent> _history = new();

    /// <summary>The objects by key.</summary>
    public SortedDictionary<string, StoredObject> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>The live subscriptions.</summary>
    public HashSet<Subscription> Subscriptions { get; } = [];

    /// <summary>The newest resourceVersion that is no longer in the history.</summary>
    public long Forgotten { get; private set; } = firstResourceVersion;

    /// <summary>Changes after the given resourceVersion, or null when the history does not reach back that far.</summary>
    public IReadOnlyList<StoreEvent>? Since(long resourceVersion) =>
        resourceVersion < Forgotten ? null : [.. _history.Where(change => change.ResourceVersion > resourceVersion)];

    /// <summary>Notes a change and tells the watchers.</summary>
    public void Publish(StoreEvent change)
    {
        if (_history.Count == HistoryCapacity)
        {
            Forgotten = _history.Dequeue().ResourceVersion;
        }
        _history.Enqueue(change);
        foreach (var subscription in Subscriptions)
        {
            subscription.Offer(change);
        }
    }

    /// <summary>Drops the history: every older resourceVersion is gone.</summary>
    public void Forget(long current)
    {
        _history.Clear();
        Forgotten = current;
    }
}
