using PicoKubelet.Api;
using PicoKubelet.Api.Watch;
using PicoKubelet.Json;
using PicoKubelet.Runtime;

namespace PicoKubelet.Configuration;

/// <summary>The one ConfigMap as a watch follows it. What is found goes to the node's loop, which puts it in force and reports it.</summary>
internal sealed class WatchedConfigMap : IWatchedResource
{
    private readonly ConfigMapSource _source;
    private readonly ConfigMapReader _reader;

    public WatchedConfigMap(ConfigMapSource source, ConfigMapReader reader)
    {
        _source = source;
        _reader = reader;
    }

    /// <summary>Gets what hands it to the node's loop.</summary>
    public Handover Handover { get; } = new Handover();

    /// <inheritdoc/>
    public string Name => "ConfigMap";

    /// <inheritdoc/>
    public bool IsWanted { get; set; }

    /// <inheritdoc/>
    public string WatchPath => _source.WatchPath;

    /// <inheritdoc/>
    public string ResourceVersion => _reader.ResourceVersion;

    /// <inheritdoc/>
    public bool List(ApiClient client, out ApiResult result)
    {
        ConfigMapFinding finding = _source.Fetch();
        bool isFailure = finding == ConfigMapFinding.Failed || finding == ConfigMapFinding.Forbidden;
        result = isFailure ? _source.Result : null;
        return Put(finding) && !isFailure;
    }

    /// <inheritdoc/>
    public void Clear()
    {
        _reader.Clear();
    }

    /// <inheritdoc/>
    public void ReadObject(JsonReader json)
    {
        _reader.ReadObject(json);
    }

    /// <inheritdoc/>
    public bool Take(WatchEvent what)
    {
        return Put(what == WatchEvent.Deleted ? ConfigMapFinding.Absent : ConfigMapFinding.Found);
    }

    /// <inheritdoc/>
    public bool TakeRest()
    {
        // Too much data, or a rest that nobody needs.
        return (_reader.IsTooLarge || _reader.IsComplete) && Put(_reader.IsTooLarge ? ConfigMapFinding.TooLarge : ConfigMapFinding.Found);
    }

    private bool Put(ConfigMapFinding finding)
    {
        return Handover.Put((int)finding);
    }
}
