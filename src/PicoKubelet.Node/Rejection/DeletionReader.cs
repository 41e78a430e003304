using PicoKubelet.Api;
using PicoKubelet.Json;

namespace PicoKubelet.Rejection;

/// <summary>Reads of an object whether its deletion has begun.</summary>
internal sealed class DeletionReader : IReplyReader
{
    /// <summary>Gets whether the deletion of what was read last has begun.</summary>
    public bool IsDeleting { get; private set; }

    /// <inheritdoc/>
    public void Read(JsonReader json)
    {
        IsDeleting = false;
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            if (json.NameIs("metadata") && json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    IsDeleting |= json.NameIs("deletionTimestamp");
                }
            }
        }
    }
}
