using PicoKubelet.Api;
using PicoKubelet.Json;

namespace PicoKubelet.Node;

/// <summary>Keeps an object's uid.</summary>
internal sealed class UidReply : IReplyReader
{
    // A UUID is 36 characters.
    private const int MaxUidBytes = 64;

    /// <summary>Gets the object's uid, or null where the reply had none. The same string as long as the uid stays the same.</summary>
    public string Uid { get; private set; }

    /// <inheritdoc/>
    public void Read(JsonReader json)
    {
        string last = Uid;
        Uid = null;
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            if (json.NameIs("metadata") && json.BeginObjectOrSkip())
            {
                ReadMetadata(json, last);
            }
        }
    }

    private void ReadMetadata(JsonReader json, string last)
    {
        while (json.ReadName())
        {
            if (json.NameIs("uid"))
            {
                json.Read();
                Uid = last != null && json.ValueIs(last) ? last : json.GetString();
            }
        }
    }
}
