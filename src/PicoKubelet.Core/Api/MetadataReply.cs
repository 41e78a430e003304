using PicoKubelet.Json;

namespace PicoKubelet.Api;

/// <summary>Keeps one field of an object's metadata, and makes a new string only where it is another one.</summary>
public sealed class MetadataReply : IReplyReader
{
    private readonly string _field;

    /// <summary>Initializes the reader.</summary>
    /// <param name="field">The field, such as <c>uid</c>: a short string of ASCII.</param>
    public MetadataReply(string field)
    {
        _field = field;
    }

    /// <summary>Gets or sets the value: the one to compare with, and the one that was read; null where the reply had none.</summary>
    public string Value { get; set; }

    /// <inheritdoc/>
    public void Read(JsonReader json)
    {
        string last = Value;
        Value = null;
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
            if (json.NameIs(_field))
            {
                json.Read();
                Value = last != null && json.ValueIs(last) ? last : json.GetString();
            }
        }
    }
}
