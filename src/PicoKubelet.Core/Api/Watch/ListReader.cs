using PicoKubelet.Json;

namespace PicoKubelet.Api.Watch;

/// <summary>Reads a list of a resource's objects while it streams by: each is read and taken before the next one.</summary>
public sealed class ListReader : IReplyReader
{
    private const int MaxVersionBytes = 64;

    private readonly IWatchedResource _resource;

    /// <summary>Initializes the reader.</summary>
    /// <param name="resource">Reads and takes the objects.</param>
    public ListReader(IWatchedResource resource)
    {
        _resource = resource;
    }

    /// <summary>Gets the list's resourceVersion, from which to watch; null where none was read.</summary>
    public string ResourceVersion { get; private set; }

    /// <summary>Gets the number of objects that were read.</summary>
    public int Count { get; private set; }

    /// <summary>Gets whether the resource dealt with each object that was read.</summary>
    public bool IsTaken { get; private set; }

    /// <inheritdoc/>
    public void Read(JsonReader json)
    {
        ResourceVersion = null;
        Count = 0;
        IsTaken = true;
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            if (json.NameIs("metadata") && json.BeginObjectOrSkip())
            {
                ReadMetadata(json);
            }
            else if (json.NameIs("items") && json.BeginArrayOrSkip())
            {
                while (json.NextElement())
                {
                    ReadItem(json);
                }
            }
        }
    }

    private void ReadMetadata(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs("resourceVersion"))
            {
                ResourceVersion = json.ReadString(MaxVersionBytes);
            }
        }
    }

    private void ReadItem(JsonReader json)
    {
        Count++;
        _resource.Clear();
        _resource.ReadObject(json);
        IsTaken &= _resource.Take(WatchEvent.Listed);
    }
}
