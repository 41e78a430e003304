using PicoKubelet.Api;
using PicoKubelet.Api.Watch;
using PicoKubelet.Json;

namespace PicoKubelet.Pods;

/// <summary>The pods of this node, in all namespaces, as a watch follows them.</summary>
public sealed class PodWatch : IWatchedResource
{
    private readonly PodTable _pods;
    private readonly ListReader _list;
    private readonly string _path;
    private string _version;

    // Made for each pod that streams by: between two of them, which may be hours, a device's heap has its kilobytes back.
    private PodReader _reader;

    /// <summary>Initializes the resource.</summary>
    /// <param name="pods">Where the pods go.</param>
    /// <param name="nodeName">The Node's name.</param>
    public PodWatch(PodTable pods, string nodeName)
    {
        _pods = pods;
        _list = new ListReader(this);

        // The selector without which a node may not list pods.
        _path = "/api/v1/pods?fieldSelector=spec.nodeName%3D" + nodeName;
    }

    /// <inheritdoc/>
    public string Name => "pods";

    /// <inheritdoc/>
    public bool IsWanted { get; set; }

    /// <inheritdoc/>
    public string WatchPath => _path + "&watch=true&allowWatchBookmarks=true";

    /// <inheritdoc/>
    public string ResourceVersion => _version;

    /// <inheritdoc/>
    public bool List(ApiClient client, out ApiResult result)
    {
        _pods.BeginList();
        ApiResult listed = client.Get(_path, ReplyForm.Whole, _list);
        result = listed.IsOk ? null : listed;
        _version = _list.ResourceVersion;
        if (!listed.IsOk)
        {
            return false;
        }

        _pods.EndList();
        return _list.IsTaken;
    }

    /// <inheritdoc/>
    public void Clear()
    {
        _version = null;
        _reader = null;
    }

    /// <inheritdoc/>
    public void ReadObject(JsonReader json)
    {
        PodReader reader = new PodReader(_pods);
        reader.Read(json);
        _version = reader.ResourceVersion;

        // A bookmark is no pod, and nobody takes it.
        _reader = reader.Uid == null ? null : reader;
    }

    /// <inheritdoc/>
    public bool Take(WatchEvent what)
    {
        PodReader reader = _reader;
        _reader = null;
        if (reader != null && what == WatchEvent.Deleted)
        {
            _pods.Remove(reader.Uid);
        }
        else if (reader != null)
        {
            _pods.Apply(reader);
        }

        return !_pods.IsIncomplete;
    }

    /// <inheritdoc/>
    public bool TakeRest()
    {
        return false;
    }
}
