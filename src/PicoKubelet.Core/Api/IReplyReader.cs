using PicoKubelet.Json;

namespace PicoKubelet.Api;

/// <summary>Takes what it needs from a reply while the reply streams by.</summary>
public interface IReplyReader
{
    /// <summary>
    /// Reads the object of a successful reply. It may be called a second time for the same request, after a connection
    /// that turned out to be dead, so it begins with nothing kept.
    /// </summary>
    /// <param name="json">Before the document's first token. What is left unread is read and checked afterwards.</param>
    void Read(JsonReader json);
}
