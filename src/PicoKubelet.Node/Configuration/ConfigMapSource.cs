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

    public ConfigMapSource(ApiClient client, string configMapNamespace, string name, ConfigMapReader reader)
    {
        _client = client;
        _reader = reader;
        _path = "/api/v1/namespaces/" + configMapNamespace + "/configmaps/" + name;
    }

    /// <summary>Gets what became of the last request; valid until the client's next.</summary>
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
        Result = _client.Get(_path, false, _metadata);
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
        Result = _client.Get(_path, true, _reader);
        if (_reader.IsTooLarge)
        {
            _seenVersion = _reader.ResourceVersion;
            return ConfigMapFinding.TooLarge;
        }

        // Complete is also a ConfigMap whose rest was not worth reading.
        if (_reader.IsComplete)
        {
            _seenVersion = _reader.ResourceVersion;
            return ConfigMapFinding.Found;
        }

        return Refused();
    }

    private ConfigMapFinding Refused()
    {
        switch (Result.Outcome)
        {
            case ApiOutcome.NotFound:
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
