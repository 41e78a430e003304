using System;
using PicoKubelet.Hardware;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Api.Watch;

/// <summary>
/// Follows a resource over a connection and on a thread of its own: reads what is there, then watches it from there on, for ever.
/// Whatever breaks ends in a fresh look after a wait.
/// </summary>
public sealed class ResourceWatcher : ILoopBody, IWatchReader
{
    // How long the API server is asked to keep a watch open, and by how much it is spread; client-go asks for 5 to 10 minutes.
    private const int WatchSeconds = 240;
    private const int WatchJitterSeconds = 24;

    // What the end of a watch may be late by.
    private const int SlackSeconds = 15;

    private const int IdleMilliseconds = 500;
    private const int FirstRetry = 500;
    private const int LongestRetry = 15 * 1000;
    private const int FirstSlowRetry = 5 * 1000;
    private const int LongestSlowRetry = 300 * 1000;

    // A watch that ends sooner is no watch: without a wait, a server that ends each at once would be asked without end.
    private const int ShortestWatch = 5000;

    private readonly ApiClient _client;
    private readonly IWatchedResource _resource;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly Random _random;
    private int _retry;
    private int _slowRetry;
    private readonly ReplyForm _form;

    // From where to watch: null where all has to be read first, empty where there is nothing.
    private string _version;
    private string _lastError;
    private bool _isTaken;

    /// <summary>Initializes the watcher.</summary>
    /// <param name="client">A client of the API server for this watch alone.</param>
    /// <param name="resource">What is watched.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    /// <param name="form">How much of each object an event is to hold.</param>
    public ResourceWatcher(ApiClient client, IWatchedResource resource, IClock clock, Logger log, Random random, ReplyForm form = ReplyForm.Whole)
    {
        _form = form;
        _client = client;
        _resource = resource;
        _clock = clock;
        _log = log;
        _random = random;
    }

    /// <summary>Gets whether it knows of an object and follows it from there. Read by any thread.</summary>
    public bool IsFollowing
    {
        get
        {
            string version = _version;
            return version != null && version.Length > 0;
        }
    }

    /// <inheritdoc/>
    public int Step()
    {
        if (!_resource.IsWanted)
        {
            return IdleMilliseconds;
        }

        if (_version == null)
        {
            if (!_resource.List(_client, out ApiResult result))
            {
                return Fail(result);
            }

            _version = _resource.ResourceVersion ?? "";
        }

        return Watch();
    }

    /// <inheritdoc/>
    public bool Read(JsonReader json)
    {
        WatchEvent what = WatchEvent.None;
        _resource.Clear();
        _isTaken = false;
        if (json.BeginObjectOrSkip())
        {
            while (json.ReadName())
            {
                // type comes before object; an object before its type would be read just the same.
                if (json.NameIs("type"))
                {
                    json.Read();
                    what = TypeOf(json);
                }
                else if (json.NameIs("object"))
                {
                    _resource.ReadObject(json);
                }
            }
        }

        return Take(what);
    }

    private static WatchEvent TypeOf(JsonReader json)
    {
        return json.ValueIs("ADDED") ? WatchEvent.Added
            : json.ValueIs("MODIFIED") ? WatchEvent.Modified
            : json.ValueIs("DELETED") ? WatchEvent.Deleted
            : json.ValueIs("BOOKMARK") ? WatchEvent.Bookmark : WatchEvent.None;
    }

    private int Watch()
    {
        int seconds = WatchSeconds + _random.Next(WatchJitterSeconds);
        string path = _resource.WatchPath + "&timeoutSeconds=" + seconds.ToString() + (_version.Length == 0 ? "" : "&resourceVersion=" + QueryText.Escape(_version));
        _isTaken = true;
        long started = _clock.Milliseconds;
        ApiResult result = _client.Watch(path, (seconds + SlackSeconds) * 1000, this, _form);
        if (!_isTaken)
        {
            Follow(_resource.TakeRest());
            return NextRetry();
        }

        // One that fell silent is followed further over another connection. Servers before 1.19 send no bookmarks: theirs are all silent.
        bool isSilent = result.Outcome == ApiOutcome.Timeout && _clock.Milliseconds - started >= ApiClient.MaxSilence;
        if (!result.IsOk && !isSilent)
        {
            _version = null;
            return Fail(result);
        }

        if (_clock.Milliseconds - started < ShortestWatch)
        {
            return NextRetry();
        }

        _lastError = null;
        _retry = 0;
        _slowRetry = 0;
        return 0;
    }

    private int NextRetry()
    {
        return Backoff.Next(ref _retry, FirstRetry, LongestRetry, _random);
    }

    /// <returns>Whether the watch goes on.</returns>
    private bool Take(WatchEvent what)
    {
        _isTaken = true;

        // ERROR, mostly 410 Gone: the versions from here on are not known any more.
        return Follow(what == WatchEvent.Bookmark || (what != WatchEvent.None && _resource.Take(what)));
    }

    /// <summary>Goes on from the version that was read, unless all has to be read again.</summary>
    private bool Follow(bool isDone)
    {
        _version = isDone ? _resource.ResourceVersion : null;
        return _version != null;
    }

    private int Fail(ApiResult result)
    {
        string error = result == null ? null : result.Describe();
        if (error != null && error != _lastError)
        {
            // Once, not at each of the retries: an API server may be away for days.
            _log.Warn("watch of the " + _resource.Name + " failed", "error", error);
            _lastError = error;
        }

        return result != null && result.Outcome == ApiOutcome.Forbidden ? Backoff.Next(ref _slowRetry, FirstSlowRetry, LongestSlowRetry, _random) : NextRetry();
    }
}
