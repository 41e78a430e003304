using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>Sees to the objects of one resource: each time that one, or what it made, has changed, or when it asked for it.</summary>
/// <param name="tools">What it does it with.</param>
/// <param name="type">The resource.</param>
/// <param name="made">The resource of what its objects make.</param>
internal abstract class WorkloadController(WorkloadTools tools, ResourceType type, ResourceType made)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, (string Why, DateTimeOffset Until, TimeSpan Delay)> _refused = new(StringComparer.Ordinal);
    private readonly HashSet<string> _due = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _later = new(StringComparer.Ordinal);

    /// <summary>What it does it with.</summary>
    protected WorkloadTools Tools => tools;

    /// <summary>Notes whom a change concerns.</summary>
    public virtual void OnChange(StoreEvent change)
    {
        if (change.Current.Type == type)
        {
            _due.Add(change.Current.Key);
        }
        else if (change.Current.Type == made)
        {
            AddOwner(change.Current);
        }
    }

    /// <summary>Sees to what is due.</summary>
    public void Reconcile()
    {
        foreach (var key in _due.ToList())
        {
            _due.Remove(key);
            _later.Remove(key);
            var slash = key.IndexOf('/');
            if (tools.Get(type, key[..slash], key[(slash + 1)..]) is not { } item)
            {
                _refused.Remove(key);
                Forget(key);
            }
            else if (!Removal.HasBegun(item.Document))
            {
                Sync(item);
            }
        }
    }

    /// <summary>Finds what has become due.</summary>
    public void Tick()
    {
        var now = tools.Now;
        foreach (var key in _later.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToList())
        {
            _due.Add(key);
        }
    }

    /// <summary>Brings an object nearer to what it asks for.</summary>
    protected abstract void Sync(StoredObject item);

    /// <summary>Forgets what it knows of an object that is gone.</summary>
    protected virtual void Forget(string key)
    {
    }

    /// <summary>Why the last pod of an object could not be made, or null.</summary>
    protected string? Refusal(StoredObject item) => _refused.TryGetValue(item.Key, out var refused) ? refused.Why : null;

    /// <summary>Makes pods, unless one could not be made a short while ago.</summary>
    /// <param name="item">Whose pods they are.</param>
    /// <param name="count">How many.</param>
    /// <param name="create">Makes one, and says why it could not, or null.</param>
    protected void CreatePods(StoredObject item, long count, Func<string?> create)
    {
        if (_refused.TryGetValue(item.Key, out var last) && tools.Now < last.Until)
        {
            Again(item, last.Until);
            return;
        }
        for (var i = 0; i < count; i++)
        {
            if (create() is { } why)
            {
                var delay = last.Delay == TimeSpan.Zero ? FirstDelay : last.Delay * 2;
                delay = delay > LongestDelay ? LongestDelay : delay;
                _refused[item.Key] = (why, tools.Now + delay, delay);
                Again(item, tools.Now + delay);
                return;
            }
        }
        _refused.Remove(item.Key);
    }

    /// <summary>Asks to see an object again.</summary>
    protected void Again(StoredObject item, DateTimeOffset when)
    {
        if (!_later.TryGetValue(item.Key, out var other) || when < other)
        {
            _later[item.Key] = when;
        }
    }

    /// <summary>Asks to see the object that made this one, if it is one of this controller's.</summary>
    protected void AddOwner(StoredObject item)
    {
        if (PodOwner.Of(item) is { } owner && owner.Text("kind") == type.Kind)
        {
            _due.Add(StoredObject.KeyOf(item.Namespace, owner.Text("name") ?? ""));
        }
    }

    /// <summary>Asks to see all objects.</summary>
    protected void AddAll()
    {
        foreach (var item in tools.List(type, null))
        {
            _due.Add(item.Key);
        }
    }
}
