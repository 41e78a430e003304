using PicoKubelet.Json;

namespace PicoKubelet.Api;

/// <summary>
/// Keeps of an object's metadata which object it is, and in which version. New strings are made only where they are other ones
/// than before.
/// </summary>
public sealed class ObjectVersion : IReplyReader
{
    // A uid has 36 characters; a resourceVersion is opaque, etcd's a number.
    private const int MaxBytes = 64;

    // Of PartialObjectMetadata and ObjectMeta, in meta/v1's generated.proto.
    private const int MetadataField = 1;
    private const int UidField = 5;
    private const int VersionField = 6;

    private string _lastUid;
    private string _lastVersion;

    /// <summary>Gets the uid, or null where the reply had none.</summary>
    public string Uid { get; private set; }

    /// <summary>Gets or sets the resourceVersion: the one to compare with, and the one that was read; null where the reply had none.</summary>
    public string ResourceVersion { get; set; }

    /// <summary>
    /// Gets whether the object bears a record of who set which field that nobody uses: the API server keeps it unasked, and only
    /// server-side apply looks at it.
    /// </summary>
    public bool IsTracked { get; private set; }

    /// <inheritdoc/>
    public void Read(JsonReader json)
    {
        Begin();
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            TryRead(json);
        }
    }

    /// <summary>Reads a member of an object, where it is its metadata.</summary>
    /// <param name="json">At the member's name.</param>
    /// <returns>Whether it was.</returns>
    public bool TryRead(JsonReader json)
    {
        if (!json.NameIs("metadata") || !json.BeginObjectOrSkip())
        {
            return false;
        }

        while (json.ReadName())
        {
            ReadField(json);
        }

        return true;
    }

    /// <summary>Reads an object's metadata in protobuf. Who set which field is not looked at: that is in replies in JSON.</summary>
    /// <param name="fields">Before the first field of a <c>PartialObjectMetadata</c>.</param>
    internal void Read(ProtobufCursor fields)
    {
        Begin();
        if (!fields.Next() || fields.Field != MetadataField || !fields.Enter())
        {
            return;
        }

        while (ResourceVersion == null && fields.Next())
        {
            // In the order of their numbers; what follows is not needed.
            if (fields.Field == UidField)
            {
                Uid = fields.GetText(MaxBytes, _lastUid);
            }
            else if (fields.Field == VersionField)
            {
                ResourceVersion = fields.GetText(MaxBytes, _lastVersion);
            }
        }
    }

    /// <summary>Begins with a document.</summary>
    public void Begin()
    {
        _lastUid = Uid;
        _lastVersion = ResourceVersion;
        Uid = null;
        ResourceVersion = null;
        IsTracked = false;
    }

    /// <summary>Reads a field of the metadata.</summary>
    /// <param name="json">At the field's name.</param>
    /// <returns>Whether it was one that is kept; where not, it is yet to be read.</returns>
    public bool ReadField(JsonReader json)
    {
        if (json.NameIs("uid"))
        {
            Uid = json.ReadString(MaxBytes, _lastUid);
        }
        else if (json.NameIs("resourceVersion"))
        {
            ResourceVersion = json.ReadString(MaxBytes, _lastVersion);
        }
        else if (json.NameIs("managedFields"))
        {
            ReadManagers(json);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadManagers(JsonReader json)
    {
        bool isTracked = false;
        bool isApplied = false;
        if (!json.BeginArrayOrSkip())
        {
            return;
        }

        while (json.NextElement())
        {
            isTracked = true;
            if (!json.BeginObjectOrSkip())
            {
                continue;
            }

            while (json.ReadName())
            {
                if (json.NameIs("operation"))
                {
                    isApplied |= json.ReadIs("Apply");
                }
            }
        }

        IsTracked = isTracked && !isApplied;
    }
}
