using PicoKubelet.Api;
using PicoKubelet.Api.Watch;
using PicoKubelet.Json;

namespace PicoKubelet.Node;

/// <summary>
/// The one Node as a watch follows it, for a board with room for another connection: of each change its version alone. Who reads what
/// changed is the node's own loop.
/// </summary>
internal sealed class NodeWatch : IWatchedResource
{
    private readonly ObjectVersion _object = new ObjectVersion();

    /// <param name="nodeName">The Node's name.</param>
    public NodeWatch(string nodeName)
    {
        // By name, which a right to this one object covers, and without which a node may not watch Nodes.
        WatchPath = "/api/v1/nodes?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.name%3D" + nodeName;
    }

    /// <inheritdoc/>
    public string Name => "Node";

    /// <inheritdoc/>
    public bool IsWanted { get; set; }

    /// <inheritdoc/>
    public string WatchPath { get; }

    /// <inheritdoc/>
    public string ResourceVersion => _object.ResourceVersion;

    /// <summary>Gets or sets what follows it.</summary>
    public ResourceWatcher Watcher { get; set; }

    /// <summary>Gets the resourceVersion of the last change that was seen, a deletion's too. Read by the node's loop.</summary>
    public string Seen { get; private set; }

    /// <inheritdoc/>
    public bool List(ApiClient client, out ApiResult result)
    {
        // A watch from no version begins with what is there.
        result = null;
        _object.ResourceVersion = null;
        return true;
    }

    /// <inheritdoc/>
    public void Clear()
    {
        _object.Begin();
    }

    /// <inheritdoc/>
    public void ReadObject(JsonReader json)
    {
        _object.Read(json);
    }

    /// <inheritdoc/>
    public bool Take(WatchEvent what)
    {
        Seen = _object.ResourceVersion;
        return true;
    }

    /// <inheritdoc/>
    public bool TakeRest()
    {
        return false;
    }
}
