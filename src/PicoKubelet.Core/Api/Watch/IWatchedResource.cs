using PicoKubelet.Json;

namespace PicoKubelet.Api.Watch;

/// <summary>
/// What a <see cref="ResourceWatcher"/> follows: where it is, how one object of it is read, and what becomes of that object. All of
/// it is called on the watcher's own thread.
/// </summary>
public interface IWatchedResource
{
    /// <summary>Gets what the log calls it.</summary>
    string Name { get; }

    /// <summary>Gets whether there is somebody to watch for. Until then nothing is sent.</summary>
    bool IsWanted { get; }

    /// <summary>Gets the path and query to watch at; timeout and version are added.</summary>
    string WatchPath { get; }

    /// <summary>
    /// Gets the resourceVersion that was read last, of what <see cref="List"/> found or of an event's object, which a bookmark has
    /// too; null where none was read.
    /// </summary>
    string ResourceVersion { get; }

    /// <summary>Reads all that is there, an object at a time, and takes it.</summary>
    /// <param name="client">The watch's client.</param>
    /// <param name="result">What went wrong, or null where there is nothing to tell.</param>
    /// <returns>
    /// Whether it was taken, so that it can be followed from <see cref="ResourceVersion"/> on, or from now where that is null; otherwise
    /// it is read again after a wait.
    /// </returns>
    bool List(ApiClient client, out ApiResult result);

    /// <summary>Begins with an object: nothing of it is read.</summary>
    void Clear();

    /// <summary>Reads an object while it streams by. Nothing takes effect yet.</summary>
    /// <param name="json">Before the object's first token. What is left unread is skipped.</param>
    void ReadObject(JsonReader json);

    /// <summary>Takes the object that was read.</summary>
    /// <param name="what">What became of it.</param>
    /// <returns>Whether it was dealt with; otherwise all is read again.</returns>
    bool Take(WatchEvent what);

    /// <summary>Takes an object whose reading broke off, where what was read of it will do.</summary>
    /// <returns>Whether it was dealt with; otherwise all is read again.</returns>
    bool TakeRest();
}
