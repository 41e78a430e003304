using PicoKubelet.Api;

namespace PicoKubelet.Configuration;

/// <summary>Looks at the one ConfigMap.</summary>
internal sealed class ConfigMapSource
{
    private readonly ApiClient _client;
    private readonly ConfigMapReader _reader;
    private readonly ObjectVersion _metadata = new ObjectVersion();
    private readonly string _path;
    private string _seenVersion;
    private string _foundVersion;

    public ConfigMapSource(ApiClient client, string configMapNamespace, string name, ConfigMapReader reader)
    {
        _client = client;
        _reader = reader;
        _path = "/api/v1/namespaces/" + configMapNamespace + "/configmaps/" + name;
    }

    /// <summary>Gets the path and query to watch it at, made anew each time: most boards poll.</summary>
    public string WatchPath
    {
        get
        {
            // By name, which a right to this one object covers.
            int slash = _path.LastIndexOf('/');
            return _path.Substring(0, slash) + "?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.name%3D" + _path.Substring(slash + 1);
        }
    }

    /// <summary>Gets what became of the last request.</summary>
    public ApiResult Result { get; private set; }

    /// <summary>Looks whether there is something new, and reads it. Nothing new costs the metadata alone.</summary>
    public ConfigMapFinding Poll()
    {
        if (_seenVersion == null)
        {
            return Fetch();
        }

        // resourceVersion is opaque, so equality is all that counts. The metadata alone is smaller than the ConfigMap; an
        // API server that can not give it gives the whole, which does as well.
        _metadata.ResourceVersion = _seenVersion;
        Result = _client.Get(_path, ReplyForm.Version, _metadata);
        if (!Result.IsOk)
        {
            return Refused();
        }

        return _metadata.ResourceVersion == _seenVersion ? ConfigMapFinding.Unchanged : Fetch();
    }

    /// <summary>Reads the ConfigMap, whatever was seen before.</summary>
    public ConfigMapFinding Fetch()
    {
        _reader.Clear();
        Result = _client.Get(_path, ReplyForm.Whole, _reader);
        _seenVersion = null;
        _foundVersion = _reader.ResourceVersion;
        if (_reader.IsTooLarge)
        {
            return ConfigMapFinding.TooLarge;
        }

        // Complete is also a ConfigMap whose rest was not worth reading.
        return _reader.IsComplete ? ConfigMapFinding.Found : Refused();
    }

    /// <summary>Counts what was found as seen, once it is in force or refused: until then each look finds it again.</summary>
    public void MarkSeen()
    {
        _seenVersion = _foundVersion;
    }

    /// <summary>Asks which version there is, and reads nothing else.</summary>
    /// <param name="version">The resourceVersion, or null where there is no ConfigMap.</param>
    /// <returns>Whether that is known; <see cref="Result"/> says why not.</returns>
    public bool TryGetVersion(out string version)
    {
        _metadata.ResourceVersion = null;
        Result = _client.Get(_path, ReplyForm.Version, _metadata);
        version = Result.IsOk ? _metadata.ResourceVersion : null;
        return Result.IsOk || Result.Outcome == ApiOutcome.NotFound;
    }

    private ConfigMapFinding Refused()
    {
        switch (Result.Outcome)
        {
            case ApiOutcome.NotFound:
                _foundVersion = null;
                _seenVersion = null;
                return ConfigMapFinding.Absent;
            case ApiOutcome.Forbidden:
                _seenVersion = null;
                return ConfigMapFinding.Forbidden;
            default:
                return ConfigMapFinding.Failed;
        }
    }
}
