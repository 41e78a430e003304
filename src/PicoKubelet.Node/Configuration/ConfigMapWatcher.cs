using System;
using PicoKubelet.Api;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Node;
using PicoKubelet.Runtime;
using PicoKubelet.Text;

namespace PicoKubelet.Configuration;

/// <summary>
/// Watches the one ConfigMap over a connection and on a thread of its own: reads it, then follows it from there, for ever. What
/// the watch finds goes to the node's loop, which puts it in force and reports it.
/// </summary>
internal sealed class ConfigMapWatcher : ILoopBody, IWatchReader
{
    // How long the API server is asked to keep a watch open, and by how much it is spread; client-go asks for 5 to 10 minutes.
    private const int WatchSeconds = 240;
    private const int WatchJitterSeconds = 24;

    // What the end of a watch may be late by. Silence beyond that is a dead connection.
    private const int SlackSeconds = 15;

    private const int IdleMilliseconds = 500;
    private const int FirstRetry = 500;
    private const int LongestRetry = 15 * 1000;
    private const int FirstSlowRetry = 5 * 1000;
    private const int LongestSlowRetry = 300 * 1000;
    private const int MaxTypeBytes = 16;

    // A watch that ends sooner is no watch: without a wait, a server that ends each at once would be asked without end.
    private const int ShortestWatch = 5000;

    private readonly ApiClient _client;
    private readonly ConfigMapSource _source;
    private readonly ConfigMapReader _reader;
    private readonly ConfigMapMailbox _mailbox;
    private readonly NodeState _node;
    private readonly Hardware.IClock _clock;
    private readonly Logger _log;
    private readonly Random _random;
    private readonly Backoff _retry;
    private readonly Backoff _slowRetry;
    private readonly string _path;

    // From where to watch: null where the ConfigMap has to be read first, empty where there is none.
    private string _version;
    private string _lastError;
    private bool _isDelivered;

    public ConfigMapWatcher(ApiClient client, string configMapNamespace, string name, ConfigMapReader reader, ConfigMapMailbox mailbox, NodeState node, Hardware.IClock clock, Logger log, Random random)
    {
        _client = client;
        _source = new ConfigMapSource(client, configMapNamespace, name, reader);
        _reader = reader;
        _mailbox = mailbox;
        _node = node;
        _clock = clock;
        _log = log;
        _random = random;
        _retry = new Backoff(FirstRetry, LongestRetry, random);
        _slowRetry = new Backoff(FirstSlowRetry, LongestSlowRetry, random);

        // By name, which a right to this one object covers.
        _path = "/api/v1/namespaces/" + configMapNamespace + "/configmaps?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.name%3D" + name;
    }

    /// <inheritdoc/>
    public int Step()
    {
        if (!_node.IsRegistered)
        {
            // The network, the time and the API server are the node's loop's to wait for.
            return IdleMilliseconds;
        }

        if (_version == null)
        {
            int wait = Fetch();
            if (wait > 0)
            {
                return wait;
            }
        }

        return Watch();
    }

    /// <inheritdoc/>
    public bool Read(JsonReader json)
    {
        string type = null;
        _reader.Clear();
        _isDelivered = false;
        if (json.BeginObjectOrSkip())
        {
            while (json.ReadName())
            {
                // type comes before object; an object before its type would be read just the same.
                if (json.NameIs("type"))
                {
                    type = json.ReadString(MaxTypeBytes);
                }
                else if (json.NameIs("object"))
                {
                    _reader.ReadObject(json);
                }
            }
        }

        return Take(type);
    }

    private int Fetch()
    {
        ConfigMapFinding finding = _source.Fetch();
        string error = _source.Result.IsOk ? null : _source.Result.Describe();
        bool isDone = _mailbox.Put(finding);
        switch (finding)
        {
            case ConfigMapFinding.Found:
            case ConfigMapFinding.TooLarge:
                return Follow(_reader.ResourceVersion, isDone);
            case ConfigMapFinding.Absent:
                return Follow("", isDone);
            case ConfigMapFinding.Forbidden:
                return _slowRetry.Next();
            default:
                return Retry(error);
        }
    }

    /// <summary>Follows the ConfigMap from a version on, unless that has to be read again because it could not be put in force.</summary>
    private int Follow(string version, bool isDone)
    {
        _version = isDone ? version : null;
        return isDone ? 0 : _retry.Next();
    }

    private int Watch()
    {
        int seconds = WatchSeconds + _random.Next(WatchJitterSeconds);
        string path = _path + "&timeoutSeconds=" + seconds.ToString() + (_version.Length == 0 ? "" : "&resourceVersion=" + QueryText.Escape(_version));
        _isDelivered = true;
        long started = _clock.Milliseconds;
        ApiResult result = _client.Watch(path, (seconds + SlackSeconds) * 1000, this);
        if (!_isDelivered)
        {
            return TakeRest();
        }

        if (!result.IsOk)
        {
            _version = null;
            return result.Outcome == ApiOutcome.Forbidden ? Refuse(result) : Retry(result.Describe());
        }

        if (_clock.Milliseconds - started < ShortestWatch)
        {
            return _retry.Next();
        }

        _lastError = null;
        _retry.Reset();
        _slowRetry.Reset();
        return 0;
    }

    /// <summary>Takes a whole event.</summary>
    private bool Take(string type)
    {
        _isDelivered = true;
        string version = _reader.ResourceVersion;
        switch (type)
        {
            case "ADDED":
            case "MODIFIED":
                version = _mailbox.Put(ConfigMapFinding.Found) ? version : null;
                break;
            case "DELETED":
                version = _mailbox.Put(ConfigMapFinding.Absent) ? version : null;
                break;
            case "BOOKMARK":
                break;
            default:
                // ERROR, mostly 410 Gone: the versions from here on are not known any more.
                version = null;
                break;
        }

        _version = version;
        return version != null;
    }

    /// <summary>Takes an event whose reading broke off: too much data, or a rest that nobody needs.</summary>
    private int TakeRest()
    {
        string version = _reader.ResourceVersion;
        bool isDone = (_reader.IsTooLarge || _reader.IsComplete) && _mailbox.Put(_reader.IsTooLarge ? ConfigMapFinding.TooLarge : ConfigMapFinding.Found);
        _version = isDone ? version : null;

        return _retry.Next();
    }

    private int Retry(string error)
    {
        if (error != null && error != _lastError)
        {
            _log.Warn("watch of the ConfigMap failed", "error", error);
            _lastError = error;
        }

        return _retry.Next();
    }

    private int Refuse(ApiResult result)
    {
        Retry(result.Describe());
        return _slowRetry.Next();
    }
}
