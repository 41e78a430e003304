using PicoKubelet.Api;
using PicoKubelet.Json;

namespace PicoKubelet.Configuration;

/// <summary>Reads an object's resourceVersion, and makes a new string only where it is another one.</summary>
internal sealed class MetadataReader : IReplyReader
{
    private const int MaxVersionBytes = 64;

    /// <summary>Gets or sets the resourceVersion: the one to compare with, and the one that was read.</summary>
    public string ResourceVersion { get; set; }

    /// <inheritdoc/>
    public void Read(JsonReader json)
    {
        string last = ResourceVersion;
        ResourceVersion = null;
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
            if (json.NameIs("resourceVersion"))
            {
                json.Read();
                ResourceVersion = last != null && json.ValueIs(last) ? last : json.GetString();
            }
        }
    }
}
