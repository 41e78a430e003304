using PicoKubelet.Json;

namespace PicoKubelet.Api;

/// <summary>Takes the events of a watch, one after the other, as they arrive.</summary>
public interface IWatchReader
{
    /// <summary>Reads one event.</summary>
    /// <param name="json">Before the event's first token. What is left unread is read and checked afterwards.</param>
    /// <returns>Whether the watch goes on.</returns>
    bool Read(JsonReader json);
}
