using System.Globalization;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;

namespace PicoKubelet.ApiServer.Storage;

/// <summary>
/// All objects, in memory, with one counter for resourceVersions. Each operation is atomic. What is stored is never
/// changed, so readers need no lock for what they got.
/// </summary>
internal sealed class ObjectStore(TimeProvider time)
{
    // The real server's counter does not begin at 1 either, and "0" and "" have meanings of their own.
    private const long FirstResourceVersion = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceType, Collection> _collections =
        ResourceCatalog.All.ToDictionary(type => type, _ => new Collection(FirstResourceVersion));
    private readonly HashSet<string> _uids = new(StringComparer.Ordinal);
    private long _resourceVersion = FirstResourceVersion;

    /// <summary>Told of every change, within the store's lock: only notes it down.</summary>
    public event Action<StoreEvent>? Changed;

    /// <summary>The newest resourceVersion.</summary>
    public long ResourceVersion => Interlocked.Read(ref _resourceVersion);

    /// <summary>The object, or null.</summary>
    public StoredObject? Get(ResourceType type, string ns, string name)
    {
        lock (_lock)
        {
            return _collections[type].Objects.GetValueOrDefault(StoredObject.KeyOf(ns, name));
        }
    }

    /// <summary>All objects of a resource, of one namespace or of all, and the resourceVersion they were read at.</summary>
    public (IReadOnlyList<StoredObject> Items, long ResourceVersion) List(ResourceType type, string? ns)
    {
        lock (_lock)
        {
            var objects = _collections[type].Objects.Values;
            return ([.. ns is null ? objects : objects.Where(item => item.Namespace == ns)], _resourceVersion);
        }
    }

    /// <summary>Whether an object with that uid exists.</summary>
    public bool Exists(string uid)
    {
        lock (_lock)
        {
            return _uids.Contains(uid);
        }
    }

    /// <summary>Stores a new object; null when the name is taken.</summary>
    /// <param name="type">Its resource.</param>
    /// <param name="document">A canonical document, which the store takes over.</param>
    /// <param name="dryRun">Only says what would be.</param>
    public StoredObject? Create(ResourceType type, JsonObject document, bool dryRun = false)
    {
        var metadata = document.Child("metadata");
        metadata["uid"] ??= Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Times.Format(time.GetUtcNow());
        lock (_lock)
        {
            var key = StoredObject.KeyOf(document.Text("metadata", "namespace") ?? "", document.Text("metadata", "name")!);
            if (_collections[type].Objects.ContainsKey(key))
            {
                return null;
            }
            return Put(type, null, document, dryRun);
        }
    }

    /// <summary>Changes an object; null when there is none.</summary>
    /// <param name="type">Its resource.</param>
    /// <param name="ns">Its namespace, or empty.</param>
    /// <param name="name">Its name.</param>
    /// <param name="change">
    /// Makes the new canonical document from the current object, or throws. It runs within the store's lock. When it
    /// returns an equal document nothing is written and the resourceVersion stays, as in the real server.
    /// </param>
    /// <param name="dryRun">Only says what would be.</param>
    public StoredObject? Update(ResourceType type, string ns, string name, Func<StoredObject, JsonObject> change, bool dryRun = false)
    {
        lock (_lock)
        {
            if (!_collections[type].Objects.TryGetValue(StoredObject.KeyOf(ns, name), out var current))
            {
                return null;
            }
            var document = change(current);
            if (JsonNode.DeepEquals(document, current.Document))
            {
                return current;
            }
            if (Removal.HasBegun(current.Document) && Removal.IsFinal(document))
            {
                return dryRun ? current : Remove(current, document);
            }
            return Put(type, current, document, dryRun);
        }
    }

    /// <summary>Deletes an object, or marks it as to be deleted when finalizers or its grace period hold it; null when there is none.</summary>
    /// <param name="type">Its resource.</param>
    /// <param name="ns">Its namespace, or empty.</param>
    /// <param name="name">Its name.</param>
    /// <param name="check">Sees the object first, and throws if it must not be deleted.</param>
    /// <param name="dryRun">Only says what would be.</param>
    /// <param name="graceSeconds">The seconds that it is given to end; null: its own.</param>
    public StoredObject? Delete(
        ResourceType type, string ns, string name, Action<StoredObject>? check = null, bool dryRun = false, long? graceSeconds = null)
    {
        lock (_lock)
        {
            if (!_collections[type].Objects.TryGetValue(StoredObject.KeyOf(ns, name), out var current))
            {
                return null;
            }
            check?.Invoke(current);
            var document = (JsonObject)current.Document.DeepClone();
            if (dryRun || !Removal.Begin(type, document, graceSeconds, time.GetUtcNow()))
            {
                return current;
            }
            return Removal.IsFinal(document)
                ? Remove(current, document)
                : Put(type, current, Normalizer.Normalize(document, type.Schema), dryRun: false);
        }
    }

    /// <summary>Subscribes to a resource's changes after a resourceVersion; null when that is not in the history.</summary>
    /// <param name="type">The resource.</param>
    /// <param name="after">A resourceVersion, or null for: the present objects first.</param>
    /// <param name="present">The present objects, or the changes that were missed.</param>
    /// <param name="resourceVersion">The resourceVersion reached with those.</param>
    public Subscription? Subscribe(ResourceType type, long? after, out IReadOnlyList<StoreEvent> present, out long resourceVersion)
    {
        lock (_lock)
        {
            var collection = _collections[type];
            resourceVersion = _resourceVersion;
            // A version from the future is one of another server: its watcher has to begin anew, too.
            var missed = after is { } version
                ? version > _resourceVersion ? null : collection.Since(version)
                : [.. collection.Objects.Values.Select(item => new StoreEvent(null, item, false))];
            present = missed ?? [];
            if (missed is null)
            {
                return null;
            }
            var subscription = new Subscription(Unsubscribe);
            collection.Subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>Drops the watch history, as the real server does when etcd is compacted, and ends all watches.</summary>
    public void Compact()
    {
        Subscription[] subscriptions;
        lock (_lock)
        {
            subscriptions = [.. _collections.Values.SelectMany(collection => collection.Subscriptions)];
            _resourceVersion++;
            foreach (var collection in _collections.Values)
            {
                collection.Forget(_resourceVersion);
            }
        }
        foreach (var subscription in subscriptions)
        {
            subscription.Dispose();
        }
    }

    private void Unsubscribe(Subscription subscription)
    {
        lock (_lock)
        {
            foreach (var collection in _collections.Values)
            {
                collection.Subscriptions.Remove(subscription);
            }
        }
    }

    private StoredObject Put(ResourceType type, StoredObject? previous, JsonObject document, bool dryRun)
    {
        if (dryRun)
        {
            return new StoredObject(type, Normalizer.Normalize(document, type.Schema));
        }
        var stored = Stamp(type, document);
        _collections[type].Objects[stored.Key] = stored;
        _uids.Add(stored.Uid);
        Publish(new StoreEvent(previous, stored, false));
        return stored;
    }

    private StoredObject Remove(StoredObject current, JsonObject document)
    {
        var last = Stamp(current.Type, document);
        _collections[current.Type].Objects.Remove(current.Key);
        _uids.Remove(current.Uid);
        Publish(new StoreEvent(current, last, true));
        return last;
    }

    private StoredObject Stamp(ResourceType type, JsonObject document)
    {
        Interlocked.Increment(ref _resourceVersion);
        document.Child("metadata")["resourceVersion"] = _resourceVersion.ToString(CultureInfo.InvariantCulture);
        // Brings metadata into its order again, too.
        return new StoredObject(type, Normalizer.Normalize(document, type.Schema));
    }

    private void Publish(StoreEvent change)
    {
        _collections[change.Current.Type].Publish(change);
        Changed?.Invoke(change);
    }
}
